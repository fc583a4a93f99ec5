class OrderPrintJob < ApplicationJob
  discard_on PrintShop::Refused do |job, error|
    job.arguments.first.update!(status: "refused: #{error.message}")
  end

  retry_on PrintShop::Error, wait: :polynomially_longer, attempts: 4 do |job, error|
    job.arguments.first.update!(status: "given up")
  end

  def perform(print)
    PrintShop.order(print)
  end
end
