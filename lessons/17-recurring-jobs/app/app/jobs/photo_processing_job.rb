class PhotoProcessingJob < ApplicationJob
  def perform(photo)
    photo.process_image
    PhotoMailer.processed(photo).deliver_now
  end
end
