class SignInLinkJob < ApplicationJob
  queue_as :urgent

  def perform(subscriber)
    SubscriberMailer.sign_in_link(subscriber).deliver_now
  end
end
