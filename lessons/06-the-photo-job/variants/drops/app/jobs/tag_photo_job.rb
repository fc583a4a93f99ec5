# Takes the id of a photo.
class TagPhotoJob < ApplicationJob
  queue_as :default

  discard_on ActiveRecord::RecordNotFound

  def perform(photo_id)
    photo = Photo.find(photo_id)
    photo.tag_colors
    photo.save!
  end
end
