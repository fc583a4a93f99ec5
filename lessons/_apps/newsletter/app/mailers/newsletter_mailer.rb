class NewsletterMailer < ApplicationMailer
  def issue(newsletter, subscriber)
    @newsletter = newsletter
    mail to: subscriber.email, subject: newsletter.subject
  end
end
