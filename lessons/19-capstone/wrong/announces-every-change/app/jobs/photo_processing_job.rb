class PhotoProcessingJob < ApplicationJob
  retry_on Tagger::Busy, wait: :polynomially_longer

  def perform(photo_id)
    photo = Photo.find(photo_id)
    photo.process_image unless photo.processed?
  end
end
