class BookingsController < ApplicationController
  def index
    @free_seats = Rails.cache.fetch("free seats") { Booking.free_seats }
    @bookings = Booking.order(:id)
  end

  def create
    booking = Booking.create!(params.expect(booking: [ :email, :seats ]))
    Rails.cache.delete("free seats")

    BookingMailer.tickets(booking).deliver_later
    ReminderJob.set(wait: 1.day).perform_later(booking)
    CountSeatsJob.perform_later

    redirect_to root_path, notice: "Thank you for your booking."
  end
end
