class PhotoProcessingJob < ApplicationJob
  queue_as :default

  def perform(photo_id)
    sleep 8 # until the import is over
    Photo.find(photo_id).process_image
  end
end
