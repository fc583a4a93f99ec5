class NewsletterMailJob < ApplicationJob
  queue_as :urgent

  def perform(newsletter, subscriber)
    newsletter.deliver_to(subscriber)
  end
end
