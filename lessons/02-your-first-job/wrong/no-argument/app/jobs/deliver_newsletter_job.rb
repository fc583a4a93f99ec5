class DeliverNewsletterJob < ApplicationJob
  def perform
    Newsletter.last.deliver
  end
end
