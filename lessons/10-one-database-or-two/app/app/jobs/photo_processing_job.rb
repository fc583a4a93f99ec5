class PhotoProcessingJob < ApplicationJob
  queue_as :default

  def perform(photo_id)
    Photo.find(photo_id).process_image
  end
end
