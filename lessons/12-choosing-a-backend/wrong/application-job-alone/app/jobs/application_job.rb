class ApplicationJob < ActiveJob::Base
  self.queue_adapter = :solid_queue
end
