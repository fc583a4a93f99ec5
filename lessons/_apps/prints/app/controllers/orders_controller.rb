class OrdersController < ApplicationController
  def index
    @orders = Order.includes(:customer).order(id: :desc)
  end

  def create
    customer = Customer.create_or_find_by!(email: params.expect(:email))
    order = customer.orders.create!(cents: 3_000)
    ChargeOrderJob.perform_later(order)

    redirect_to orders_path, notice: "Thank you. We will charge 30 euros."
  rescue ActiveRecord::RecordInvalid
    redirect_to orders_path, alert: "We need your address."
  end
end
