class DeliverNewsletterJob < ApplicationJob
  def self.perform(newsletter)
    newsletter.deliver
  end
end
