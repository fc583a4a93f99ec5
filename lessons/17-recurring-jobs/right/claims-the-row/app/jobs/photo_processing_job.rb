class PhotoProcessingJob < ApplicationJob
  def perform(photo)
    Photo.transaction do
      claimed = Photo.where(id: photo, processed: false).update_all(processed: true)
      next if claimed.zero?

      photo.process_image
      PhotoMailer.processed(photo).deliver_now
    end
  end
end
