class ReceiptJob < ApplicationJob
  def perform(order)
    order.increment!(:receipts)
  end
end
