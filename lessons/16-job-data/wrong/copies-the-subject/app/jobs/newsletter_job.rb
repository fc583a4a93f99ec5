class NewsletterJob < ApplicationJob
  def perform(newsletter, subject, subscriber)
    newsletter.subject = subject
    NewsletterMailer.issue(newsletter, subscriber).deliver_now
  end
end
