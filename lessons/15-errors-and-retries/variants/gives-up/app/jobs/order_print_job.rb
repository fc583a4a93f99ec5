class OrderPrintJob < ApplicationJob
  retry_on PrintShop::Busy, attempts: 4,
    wait: :polynomially_longer do |job, error|
    job.arguments.first.update!(status: "given up")
  end

  def perform(print)
    PrintShop.order(print)
  end
end
