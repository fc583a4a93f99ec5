class Morning
  def self.repair
    SolidQueue::FailedExecution.retry_all(SolidQueue::Job.failed)
    SolidQueue::Queue.find_by_name("receipts").resume
  end
end
