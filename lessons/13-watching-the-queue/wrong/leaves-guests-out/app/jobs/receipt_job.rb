class ReceiptJob < ApplicationJob
  queue_as :receipts

  def perform(order)
    return if order.customer.nil?

    PostOffice.deliver(order, "Thank you, #{order.customer.titleize}!")
  end
end
