# What you do about the night. You will run it once, in the console: Morning.repair
class Morning
  CAN_SUCCEED_NOW = %w[ NoMethodError PostOffice::Closed ]
  NEVER_CAN = %w[ ActiveJob::DeserializationError ]

  def self.repair
    receipts = SolidQueue::FailedExecution.includes(:job).select { |failed| failed.job.class_name == "ReceiptJob" }

    receipts.each do |failed|
      case failed.exception_class
      when *CAN_SUCCEED_NOW then failed.retry
      when *NEVER_CAN then failed.discard
      end
    end

    SolidQueue::Queue.find_by_name("receipts").resume
  end
end
