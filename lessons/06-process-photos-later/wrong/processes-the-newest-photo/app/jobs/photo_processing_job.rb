class PhotoProcessingJob < ApplicationJob
  queue_as :default

  def perform
    Photo.last.process_image
  end
end
