class ApplicationJob < ActiveJob::Base
  # true: what is enqueued inside a transaction waits until it is committed.
  self.enqueue_after_transaction_commit = true
end
