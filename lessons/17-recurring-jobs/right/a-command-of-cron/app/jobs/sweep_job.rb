class SweepJob < ApplicationJob
  def perform
    Photo.where(processed: false).where("created_at < ?", 10.minutes.ago).each do |photo|
      PhotoProcessingJob.perform_later(photo)
    end
  end
end
