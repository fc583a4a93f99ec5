class BookingMailer < ApplicationMailer
  def tickets(booking)
    @booking = booking
    mail to: booking.email, subject: "Your tickets"
  end
end
