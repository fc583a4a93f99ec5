class PhotoProcessingJob < ApplicationJob
  queue_as :pictures

  def perform(photo_id)
    Photo.find(photo_id).process_image
  rescue => error
    Rails.logger.error error.message
  end
end
