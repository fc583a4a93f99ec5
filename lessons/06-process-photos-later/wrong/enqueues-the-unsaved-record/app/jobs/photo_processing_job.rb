class PhotoProcessingJob < ApplicationJob
  queue_as :default

  def perform(photo)
    photo.process_image
  end
end
