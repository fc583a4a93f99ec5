class ReceiptJob < ApplicationJob
  queue_as :receipts
  retry_on PostOffice::Closed
  discard_on ActiveJob::DeserializationError

  def perform(order)
    PostOffice.deliver(order, "Thank you, #{order.customer&.titleize || "dear guest"}!")
  end
end
