class PhotoProcessingJob < ApplicationJob
  def perform(photo)
    done = photo.with_lock { photo.process_image unless photo.processed? }
    PhotoMailer.processed(photo).deliver_now if done
  end
end
