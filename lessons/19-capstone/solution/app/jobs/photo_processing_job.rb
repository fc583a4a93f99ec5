class PhotoProcessingJob < ApplicationJob
  retry_on Tagger::Busy, wait: :polynomially_longer

  def perform(photo_id)
    photo = Photo.find(photo_id)
    done = photo.with_lock do
      photo.process_image unless photo.processed?
    end
    PhotoMailJob.perform_later(photo) if done
  end
end
