class PhotoProcessingJob < ApplicationJob
  queue_as :default

  retry_on ActiveRecord::RecordNotFound, wait: 2.seconds, attempts: 10

  def perform(photo_id)
    Photo.find(photo_id).process_image
  end
end
