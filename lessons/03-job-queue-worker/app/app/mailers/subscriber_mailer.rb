class SubscriberMailer < ApplicationMailer
  def sign_in_link(subscriber)
    @subscriber = subscriber
    mail to: subscriber.email, subject: "Your link to sign in"
  end
end
