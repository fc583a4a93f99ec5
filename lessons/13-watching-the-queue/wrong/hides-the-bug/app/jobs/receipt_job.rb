class ReceiptJob < ApplicationJob
  queue_as :receipts
  discard_on NoMethodError

  def perform(order)
    PostOffice.deliver(order, "Thank you, #{order.customer.titleize}!")
  end
end
