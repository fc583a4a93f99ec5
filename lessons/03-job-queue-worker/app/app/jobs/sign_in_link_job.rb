class SignInLinkJob < ApplicationJob
  def perform(subscriber)
    SubscriberMailer.sign_in_link(subscriber).deliver_now
  end
end
