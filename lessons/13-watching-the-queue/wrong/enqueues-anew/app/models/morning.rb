class Morning
  def self.repair
    failed = SolidQueue::Job.failed.where(class_name: "ReceiptJob")
    SolidQueue::FailedExecution.discard_all_from_jobs(failed)
    Order.where(receipts: 0).each { |order| ReceiptJob.perform_later(order) }
    SolidQueue::Queue.find_by_name("receipts").resume
  end
end
