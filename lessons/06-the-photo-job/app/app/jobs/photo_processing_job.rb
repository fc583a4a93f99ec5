class PhotoProcessingJob < ApplicationJob
  # In which queue does it wait? What does it need to know? What should a worker do?
  def perform
  end
end
