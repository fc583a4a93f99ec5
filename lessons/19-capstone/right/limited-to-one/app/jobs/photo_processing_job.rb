class PhotoProcessingJob < ApplicationJob
  limits_concurrency to: 1, key: ->(photo_id) { photo_id }, duration: 10.minutes
  retry_on Tagger::Busy, wait: :polynomially_longer

  def perform(photo_id)
    photo = Photo.find(photo_id)
    return if photo.processed?

    photo.process_image
    PhotoMailJob.perform_later(photo)
  end
end
