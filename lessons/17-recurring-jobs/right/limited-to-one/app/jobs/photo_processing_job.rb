class PhotoProcessingJob < ApplicationJob
  limits_concurrency to: 1, key: ->(photo) { photo }, duration: 10.minutes

  def perform(photo)
    return if photo.processed?

    photo.process_image
    PhotoMailer.processed(photo).deliver_now
  end
end
