# Delivers this app's mails. Its parent is not ApplicationJob, so it needs the setting too.
class MailJob < ActionMailer::MailDeliveryJob
  self.enqueue_after_transaction_commit = true
end
