class Morning
  def self.repair
    SolidQueue::FailedExecution.all.each do |failed|
      case failed.exception_class
      when "NoMethodError", "PostOffice::Closed" then failed.retry
      when "ActiveJob::DeserializationError" then failed.discard
      end
    end
    SolidQueue::Queue.find_by_name("receipts").resume
  end
end
