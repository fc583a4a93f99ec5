class DeliverNewsletterJob < ApplicationJob
  queue_as :default

  def perform(newsletter)
    newsletter.deliver
  end
end
