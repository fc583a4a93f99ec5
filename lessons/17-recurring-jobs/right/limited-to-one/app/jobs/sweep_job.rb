# Finds the photos whose job was lost.
class SweepJob < ApplicationJob
  def perform
    Photo.without_files.where(processed: false, created_at: ...10.minutes.ago).find_each do |photo|
      PhotoProcessingJob.perform_later(photo)
    end
  end
end
