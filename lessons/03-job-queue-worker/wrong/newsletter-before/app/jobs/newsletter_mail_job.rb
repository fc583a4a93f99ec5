class NewsletterMailJob < ApplicationJob
  queue_with_priority -10

  def perform(newsletter, subscriber)
    newsletter.deliver_to(subscriber)
  end
end
