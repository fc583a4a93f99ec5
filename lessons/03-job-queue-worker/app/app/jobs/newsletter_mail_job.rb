class NewsletterMailJob < ApplicationJob
  def perform(newsletter, subscriber)
    newsletter.deliver_to(subscriber)
  end
end
