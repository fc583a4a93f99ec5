class PhotoProcessingJob < ApplicationJob
  retry_on Tagger::Busy, wait: :polynomially_longer

  def perform(photo_id)
    photo = Photo.find(photo_id)
    return if photo.processed?

    photo.process_image
    PhotoMailJob.perform_later(photo)
  end
end
