class NewsletterJob < ApplicationJob
  def perform(newsletter, subscriber)
    NewsletterMailer.issue(newsletter, subscriber).deliver_later
  end
end
