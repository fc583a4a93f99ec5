class Morning
  def self.repair
    SolidQueue::FailedExecution.all.each { |failed| failed.retry if failed.exception_class == "PostOffice::Closed" }
    SolidQueue::Job.failed.destroy_all
    SolidQueue::Queue.find_by_name("receipts").resume
  end
end
