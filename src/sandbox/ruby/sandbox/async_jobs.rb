# frozen_string_literal: true

require "active_job/queue_adapters/async_adapter"

module Sandbox
  # `:async` is Active Job's own adapter on concurrent-ruby's thread pool, whose threads are green here: a job
  # runs in the memory of the process that enqueued it, while that waits for a request or sleeps. Jobs that
  # compute and requests take turns only where one of them waits. Delayed jobs alone are kept differently:
  # concurrent-ruby's timers count as polling (TimersArePolling), and an advancing clock would pass them by.
  module AsyncJobs
    module DelayedByThread
      def enqueue_at(job, timestamp, queue_name:)
        return super if immediate || timestamp <= Time.now.to_f

        AsyncJobs.delay_until(timestamp) { enqueue(job, queue_name: queue_name) }
      end
    end

    # The pool's threads outlive the request that started them: what they do is none of its doing.
    module OfNoRequest
      def perform
        Fiber[:sandbox_request_id] = Fiber[:sandbox_job_row] = nil
        super
      end
    end

    class << self
      def install
        ActiveJob::QueueAdapters::AsyncAdapter::Scheduler.prepend DelayedByThread
        ActiveJob::QueueAdapters::AsyncAdapter::JobWrapper.prepend OfNoRequest
      end

      # +timestamp+ in seconds since the Unix epoch.
      def delay_until(timestamp, &block)
        delayed << [ timestamp, block ]
        @timer&.alive? ? @timer.wakeup : @timer = GreenThread.new { run_delayed }
      end

      private
        def delayed
          @delayed ||= []
        end

        # One thread for all: it sleeps until the next one is due.
        def run_delayed
          while entry = delayed.min_by(&:first)
            wait = entry.first - Time.now.to_f
            wait.positive? ? sleep(wait) : delayed.delete(entry).last.call
          end
        end
    end
  end
end
