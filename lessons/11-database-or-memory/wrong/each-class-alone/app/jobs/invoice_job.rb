class InvoiceJob < ApplicationJob
  self.queue_adapter = :solid_queue

  def perform(order)
    order.increment!(:invoices)
  end
end
