class ReminderJob < ApplicationJob
  def perform(booking)
    booking.increment!(:reminders)
  end
end
