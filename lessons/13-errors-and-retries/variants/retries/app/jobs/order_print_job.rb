class OrderPrintJob < ApplicationJob
  retry_on PrintShop::Busy, wait: :polynomially_longer, attempts: 4

  def perform(print)
    PrintShop.order(print)
  end
end
