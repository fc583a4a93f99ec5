class PhotoProcessingJob < ApplicationJob
  queue_as :default

  # What does the job need to know, and what should the worker do with it?
  def perform
  end
end
