class Morning
  def self.repair
    SolidQueue::FailedExecution.where(job: SolidQueue::Job.where(class_name: "ReceiptJob")).delete_all
    SolidQueue::Queue.find_by_name("receipts").resume
  end
end
