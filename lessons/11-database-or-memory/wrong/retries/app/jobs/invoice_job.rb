class InvoiceJob < ApplicationJob
  def perform(order)
    order.increment!(:invoices)
  end
end
