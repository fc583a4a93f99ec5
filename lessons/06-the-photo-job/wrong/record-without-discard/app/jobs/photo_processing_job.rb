class PhotoProcessingJob < ApplicationJob
  queue_as :pictures

  def perform(photo)
    photo.process_image
  end
end
