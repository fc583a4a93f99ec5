class SignInLinkJob < ApplicationJob
  queue_with_priority -10

  def perform(subscriber)
    SubscriberMailer.sign_in_link(subscriber).deliver_later
  end
end
