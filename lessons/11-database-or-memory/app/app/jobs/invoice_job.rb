class InvoiceJob < ApplicationJob
  self.queue_adapter = :async

  def perform(order)
    order.increment!(:invoices)
  end
end
