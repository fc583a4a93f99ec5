Rails.application.config.to_prepare { ActionMailer::MailDeliveryJob.enqueue_after_transaction_commit = true }
