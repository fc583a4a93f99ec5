class SubscriberMailer < ApplicationMailer
  def welcome(subscriber)
    @subscriber = subscriber
    mail to: subscriber.email, subject: "Welcome to the newsletter"
  end
end
