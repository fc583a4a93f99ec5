class NewsletterJob < ApplicationJob
  def perform(newsletter, subscriber)
    NewsletterMailer.issue(newsletter, subscriber).deliver_now
  end
end
