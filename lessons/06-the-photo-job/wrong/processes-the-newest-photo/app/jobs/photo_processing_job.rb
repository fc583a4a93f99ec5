class PhotoProcessingJob < ApplicationJob
  queue_as :pictures

  def perform(photo_id)
    Photo.last&.process_image
  end
end
