class PhotoProcessingJob < ApplicationJob
  queue_as :pictures

  discard_on ActiveRecord::RecordNotFound

  def perform(photo_id)
    photo = Photo.find(photo_id)
    photo.generate_thumbnail
    photo.apply_filter
    photo.tag_colors
    photo.processed = true
    photo
  end
end
