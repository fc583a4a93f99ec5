class NewsletterJob < ApplicationJob
  def perform(attributes, subscriber)
    NewsletterMailer.issue(Newsletter.new(attributes), subscriber).deliver_now
  end
end
