class PhotoProcessingJob < ApplicationJob
  def perform(photo)
    return if photo.reload.processed?

    photo.process_image
    PhotoMailer.processed(photo).deliver_now
  end
end
