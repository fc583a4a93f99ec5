# The next lesson is about jobs. This one only calls the model.
class PhotoProcessingJob < ApplicationJob
  def perform(photo_id)
    Photo.find(photo_id).process_image
  end
end
