class Morning
  def self.repair
    SolidQueue::FailedExecution.discard_all_in_batches
    SolidQueue::Queue.find_by_name("receipts").resume
  end
end
