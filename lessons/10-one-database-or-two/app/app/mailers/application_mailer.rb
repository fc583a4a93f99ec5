class ApplicationMailer < ActionMailer::Base
  default from: "photos@example.com"
  layout "mailer"
end
