# Finds the photos whose job was lost.
class SweepJob < ApplicationJob
  def perform
    Photo.where(processed: false, created_at: ...10.minutes.ago).ids.each do |id|
      PhotoProcessingJob.perform_later(id)
    end
  end
end
