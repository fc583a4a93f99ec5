class ReminderJob < ApplicationJob
  def perform(order)
    order.increment!(:reminders)
  end
end
