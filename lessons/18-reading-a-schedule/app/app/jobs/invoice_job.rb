# Half a month of prints, on one page.
class InvoiceJob < ApplicationJob
  def perform
    puts "The invoices are sent"
  end
end
