class PhotoProcessingJob < ApplicationJob
  def perform(photo_id)
    photo = Photo.find(photo_id)
    return if photo.processed?

    PhotoMailJob.perform_later(photo)
    photo.process_image
  end
end
