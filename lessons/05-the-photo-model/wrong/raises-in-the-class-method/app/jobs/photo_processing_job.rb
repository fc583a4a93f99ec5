# The next lesson is about jobs. This one only calls the model.
class PhotoProcessingJob < ApplicationJob
  def perform(photo_id)
    Photo.process_image(photo_id)
  end
end
