class ReceiptJob < ApplicationJob
  self.queue_adapter = :solid_queue

  def perform(order)
    order.increment!(:receipts)
  end
end
