class PhotoProcessingJob < ApplicationJob
  queue_as :default

  def perform(photo_id, image)
    photo = Photo.find(photo_id)
    photo.image = image
    photo.process_image
  end
end
