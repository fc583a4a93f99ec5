class WelcomeJob < ApplicationJob
  def perform(subscriber)
    SubscriberMailer.welcome(subscriber).deliver_now
  end
end
