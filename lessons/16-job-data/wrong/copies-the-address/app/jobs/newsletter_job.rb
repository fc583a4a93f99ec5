class NewsletterJob < ApplicationJob
  def perform(newsletter, email)
    NewsletterMailer.issue(newsletter, Subscriber.new(email:)).deliver_now
  end
end
