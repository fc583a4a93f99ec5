class OrderPrintJob < ApplicationJob
  discard_on PrintShop::Refused do |job, error|
    job.arguments.first.update!(status: "refused: #{error.message}")
  end

  def perform(print)
    PrintShop.order(print)
  rescue PrintShop::Busy
    return print.update!(status: "given up") if print.calls == 4

    sleep 0.1 * print.calls
    retry
  end
end
