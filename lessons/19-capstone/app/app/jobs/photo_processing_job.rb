class PhotoProcessingJob < ApplicationJob
  def perform(photo_id)
    photo = Photo.find(photo_id)
    return if photo.processed?

    PhotoMailJob.perform_later(photo)
    photo.process_image
  rescue StandardError => error
    puts "Photo #{photo_id} could not be processed: #{error.message}"
  end
end
