class Morning
  def self.repair
    SolidQueue::FailedExecution.discard_all_from_jobs(SolidQueue::Job.failed.where(class_name: "ReceiptJob"))
    SolidQueue::Queue.find_by_name("receipts").resume
  end
end
