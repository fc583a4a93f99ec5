class ReminderJob < ApplicationJob
  self.queue_adapter = :solid_queue
  queue_as :reminders

  def perform(booking)
    booking.increment!(:reminders)
  end
end
