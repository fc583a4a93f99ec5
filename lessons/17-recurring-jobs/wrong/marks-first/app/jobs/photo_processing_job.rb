class PhotoProcessingJob < ApplicationJob
  def perform(photo)
    return if photo.processed?

    photo.update!(processed: true)
    photo.process_image
    PhotoMailer.processed(photo).deliver_now
  end
end
