class BookingMailer < ApplicationMailer
  self.delivery_job = TicketsDeliveryJob

  def tickets(booking)
    @booking = booking
    mail to: booking.email, subject: "Your tickets"
  end
end
