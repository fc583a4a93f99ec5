class PhotoProcessingJob < ApplicationJob
  queue_as :pictures

  def perform
    Photo.where(processed: false).each(&:process_image)
  end
end
