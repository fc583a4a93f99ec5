class Morning
  def self.repair
    SolidQueue::FailedExecution.retry_all(SolidQueue::Job.failed.where(class_name: "ReceiptJob"))
    SolidQueue::Queue.find_by_name("receipts").resume
  end
end
