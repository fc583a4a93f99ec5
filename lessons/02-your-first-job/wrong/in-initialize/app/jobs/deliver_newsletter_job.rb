class DeliverNewsletterJob < ApplicationJob
  def initialize(newsletter)
    super
    newsletter.deliver
  end

  def perform(newsletter)
  end
end
