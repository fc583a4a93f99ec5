class DeliverNewsletterJob
  def perform(newsletter)
    newsletter.deliver
  end
end
