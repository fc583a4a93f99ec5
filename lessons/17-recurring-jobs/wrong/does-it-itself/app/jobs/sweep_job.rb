# Finds the photos whose job was lost.
class SweepJob < ApplicationJob
  def perform
    Photo.where(processed: false, created_at: ...10.minutes.ago).find_each do |photo|
      PhotoProcessingJob.perform_now(photo)
    end
  end
end
