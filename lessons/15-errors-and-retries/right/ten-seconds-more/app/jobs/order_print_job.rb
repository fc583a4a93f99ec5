class OrderPrintJob < ApplicationJob
  retry_on PrintShop::Busy, wait: ->(executions) { 60 + executions * 10 }, attempts: 4 do |job, error|
    job.arguments.first.update!(status: "given up")
  end

  discard_on PrintShop::Refused do |job, error|
    job.arguments.first.update!(status: "refused: #{error.message}")
  end

  def perform(print)
    PrintShop.order(print)
  end
end
