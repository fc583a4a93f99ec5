class NewsletterJob < ApplicationJob
  def perform(attributes, emails)
    newsletter = Newsletter.new(attributes)

    emails.each do |email|
      NewsletterMailer.issue(newsletter, Subscriber.new(email:)).deliver_now
    end
  end
end
