class OrderPrintJob < ApplicationJob
  retry_on PrintShop::Busy, attempts: 4,
    wait: :polynomially_longer

  def perform(print)
    PrintShop.order(print)
  end
end
