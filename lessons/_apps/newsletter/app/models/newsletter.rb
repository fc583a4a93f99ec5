class Newsletter < ApplicationRecord
  # A mail server takes its time for each mail. The sandbox has none, so we wait instead.
  MAIL_SERVER_TIME = 0.1 # seconds

  validates :subject, presence: true

  # Sends this issue to every subscriber, one mail after the other.
  def deliver
    update!(delivery_started_at: Time.current)
    Subscriber.find_each { |subscriber| deliver_to(subscriber) }
    update!(delivered_at: Time.current)
  end

  def deliver_to(subscriber)
    sleep MAIL_SERVER_TIME
    NewsletterMailer.issue(self, subscriber).deliver_now
    increment!(:sent_count)
  end

  def delivered? = delivered_at.present?

  # In seconds.
  def delivery_time = (delivered_at - delivery_started_at).round(1)
end
