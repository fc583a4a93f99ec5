class PhotoProcessingJob < ApplicationJob
  def perform(photo)
    photo.with_lock do
      next if photo.processed?

      photo.process_image
      PhotoMailer.processed(photo).deliver_now
    end
  end
end
