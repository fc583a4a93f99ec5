class OrderPrintJob < ApplicationJob
  discard_on StandardError do |job, error|
    job.arguments.first.update!(status: "refused: #{error.message}")
  end

  retry_on PrintShop::Busy, wait: :polynomially_longer, attempts: 4 do |job, error|
    job.arguments.first.update!(status: "given up")
  end

  def perform(print)
    PrintShop.order(print)
  end
end
