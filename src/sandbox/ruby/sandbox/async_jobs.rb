# frozen_string_literal: true

require "active_job/queue_adapters/async_adapter"

module Sandbox
  # `:async` is Active Job's own adapter on concurrent-ruby's thread pool, whose threads are green here: a job
  # runs in the memory of the process that enqueued it, while that waits for a request or sleeps. Jobs that
  # compute and requests take turns only where one of them waits. All that is added is that an advancing
  # clock stops when a delayed job falls due (concurrent-ruby's timers count as polling).
  module AsyncJobs
    module DelayedJobsAreDue
      def enqueue_at(job, timestamp, queue_name:)
        AsyncJobs.due << timestamp
        super
      end
    end

    class << self
      # Times (seconds since the Unix epoch) of delayed jobs.
      def due
        @due ||= []
      end

      def install
        ActiveJob::QueueAdapters::AsyncAdapter::Scheduler.prepend DelayedJobsAreDue
        Scheduler.due_sources << -> { next_due }
      end

      private
        def next_due
          due.delete_if { |timestamp| timestamp <= Time.now.to_f }
          due.min
        end
    end
  end
end
