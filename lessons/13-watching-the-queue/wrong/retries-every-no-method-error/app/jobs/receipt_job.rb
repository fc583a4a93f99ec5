class ReceiptJob < ApplicationJob
  queue_as :receipts

  def perform(order)
    PostOffice.deliver(order, "Thank you, #{order.customer&.titleize || "dear guest"}!")
  end
end
