class DeliverNewsletterJob < ApplicationJob
  def perform(newsletter)
    newsletter.deliver
  rescue => error
    Rails.logger.error error.message
  end
end
