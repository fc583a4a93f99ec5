class SubscribersController < ApplicationController
  def new
    @subscriber = Subscriber.new
  end

  def show
    @subscriber = Subscriber.find(params[:id])
  end

  def create
    @subscriber = Subscriber.new(subscriber_params)

    if @subscriber.save
      WelcomeJob.perform_later(@subscriber)
      SubscriberMailer.welcome(@subscriber).deliver_later
      redirect_to @subscriber, notice: "You are on the list."
    else
      render :new, status: :unprocessable_entity
    end
  end

  private
    def subscriber_params
      params.expect(subscriber: [ :email ])
    end
end
