class NewsletterJob < ApplicationJob
  def perform(newsletter)
    newsletter.deliver
  end
end
