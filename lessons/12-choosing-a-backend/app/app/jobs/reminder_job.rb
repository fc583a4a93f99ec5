class ReminderJob < ApplicationJob
  queue_as :reminders

  def perform(booking)
    booking.increment!(:reminders)
  end
end
