class PhotoProcessingJob < ApplicationJob
  retry_on Tagger::Busy, wait: :polynomially_longer
  after_perform { |job| PhotoMailJob.perform_later(Photo.find(job.arguments.first)) }

  def perform(photo_id)
    photo = Photo.find(photo_id)
    photo.process_image unless photo.processed?
  end
end
