class DeliverNewsletterJob < ApplicationJob
  def run(newsletter)
    newsletter.deliver
  end
end
