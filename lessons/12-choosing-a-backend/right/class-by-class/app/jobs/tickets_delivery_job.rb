class TicketsDeliveryJob < ActionMailer::MailDeliveryJob
  self.queue_adapter = :solid_queue
end
