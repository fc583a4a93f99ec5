class ApplicationMailer < ActionMailer::Base
  self.delivery_job = MailJob

  default from: "photos@example.com"
  layout "mailer"
end
