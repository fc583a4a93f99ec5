# Does the same as TagPhotoJob, but takes the photo itself.
class TagRecordJob < ApplicationJob
  queue_as :default

  def perform(photo)
    photo.tag_colors
    photo.save!
  end
end
