class PhotoProcessingJob < ApplicationJob
  self.enqueue_after_transaction_commit = true

  queue_as :default

  def perform(photo_id)
    Photo.find(photo_id).process_image
  end
end
