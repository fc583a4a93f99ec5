class PhotoProcessingJob < ApplicationJob
  retry_on Tagger::Busy, wait: 10.seconds, attempts: 8

  def perform(photo_id)
    photo = Photo.find(photo_id)
    photo.with_lock do
      next if photo.processed?

      photo.process_image
      PhotoMailJob.perform_later(photo)
    end
  end
end
