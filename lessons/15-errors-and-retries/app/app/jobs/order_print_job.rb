class OrderPrintJob < ApplicationJob
  def perform(print)
    PrintShop.order(print)
  end
end
