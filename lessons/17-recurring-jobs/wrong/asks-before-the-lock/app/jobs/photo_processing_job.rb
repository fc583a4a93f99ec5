class PhotoProcessingJob < ApplicationJob
  def perform(photo)
    return if photo.processed?

    photo.with_lock do
      photo.process_image
      PhotoMailer.processed(photo).deliver_now
    end
  end
end
