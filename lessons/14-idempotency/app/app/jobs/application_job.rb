class ApplicationJob < ActiveJob::Base
  # Lets the lesson cut the power in the middle of a job.
  around_perform { |job, block| PowerCut.around(job, &block) }
end
