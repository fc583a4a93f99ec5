class PhotoProcessingJob < ApplicationJob
  queue_as :pictures

  discard_on ActiveRecord::RecordNotFound

  def perform(photo_id)
    Photo.find(photo_id).process_image
  end
end
