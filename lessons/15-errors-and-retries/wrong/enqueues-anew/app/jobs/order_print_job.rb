class OrderPrintJob < ApplicationJob
  def perform(print, run = 1)
    PrintShop.order(print)
  rescue PrintShop::Busy
    OrderPrintJob.set(wait: 5).perform_later(print, run)
  rescue PrintShop::Refused
    print.update!(status: "refused")
  end
end
