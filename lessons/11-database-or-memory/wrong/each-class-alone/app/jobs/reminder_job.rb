class ReminderJob < ApplicationJob
  self.queue_adapter = :solid_queue

  def perform(order)
    order.increment!(:reminders)
  end
end
