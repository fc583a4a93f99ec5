class OrdersController < ApplicationController
  def index
    @orders = Order.order(:id)
  end

  def create
    order = Order.create!(params.expect(order: [ :email ]))

    ReceiptJob.perform_later(order)
    InvoiceJob.perform_later(order)
    ReminderJob.set(wait: 1.day).perform_later(order)
    OrderMailer.confirmation(order).deliver_later

    redirect_to orders_path, notice: "Thank you for your order."
  end
end
