class SignInLinkJob < ApplicationJob
  queue_as :important

  def perform(subscriber)
    SubscriberMailer.sign_in_link(subscriber).deliver_now
  end
end
