# Finds the photos whose job was lost.
class SweepJob < ApplicationJob
  def perform
    Photo.find_each do |photo|
      PhotoProcessingJob.perform_later(photo)
    end
  end
end
