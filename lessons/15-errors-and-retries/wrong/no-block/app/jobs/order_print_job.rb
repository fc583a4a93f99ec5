class OrderPrintJob < ApplicationJob
  retry_on PrintShop::Busy, wait: :polynomially_longer, attempts: 4

  discard_on PrintShop::Refused do |job, error|
    job.arguments.first.update!(status: "refused: #{error.message}")
  end

  def perform(print)
    PrintShop.order(print)
  end
end
