class DeliverNewsletterJob < ApplicationJob
  def perform(newsletter)
    newsletter.deliver
  end
end
