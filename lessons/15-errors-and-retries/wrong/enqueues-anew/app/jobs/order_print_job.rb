class OrderPrintJob < ApplicationJob
  def perform(print, run = 1)
    PrintShop.order(print)
  rescue PrintShop::Busy
    OrderPrintJob.set(wait: 5).perform_later(print, run)
  rescue PrintShop::Refused => error
    print.update!(status: "refused: #{error.message}")
  end
end
