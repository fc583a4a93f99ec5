class OrderPrintJob < ApplicationJob
  def perform(print)
    PrintShop.order(print)
  rescue PrintShop::Busy
    if executions < 4
      retry_job wait: 2**executions * 5
    else
      print.update!(status: "given up")
    end
  rescue PrintShop::Refused => error
    print.update!(status: "refused: #{error.message}")
  end
end
