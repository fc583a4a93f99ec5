class PhotoProcessingJob < ApplicationJob
  def perform(photo_id)
    Photo.find(photo_id).process_image
  rescue ActiveRecord::RecordInvalid => error
    Rails.logger.error error.message
  end
end
