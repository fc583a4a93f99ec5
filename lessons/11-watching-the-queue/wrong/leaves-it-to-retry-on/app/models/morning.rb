class Morning
  def self.repair
    SolidQueue::Queue.find_by_name("receipts").resume
  end
end
