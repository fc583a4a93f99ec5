class PhotoProcessingJob < ApplicationJob
  def perform(photo)
    return if photo.processed?

    photo.process_image
    PhotoMailer.processed(photo).deliver_now
  end
end
