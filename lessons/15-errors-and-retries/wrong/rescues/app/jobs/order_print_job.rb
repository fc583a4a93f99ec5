class OrderPrintJob < ApplicationJob
  discard_on PrintShop::Refused do |job, error|
    job.arguments.first.update!(status: "refused: #{error.message}")
  end

  def perform(print)
    PrintShop.order(print)
  rescue PrintShop::Busy => error
    Rails.logger.warn error.message
  end
end
