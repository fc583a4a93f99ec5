# frozen_string_literal: true

module Sandbox
  class Check < Minitest::Test
    # A row of the queue as a check sees it: one attempt of a job.
    class JobRow
      # The associations that Solid Queue's Job#status asks, one after the other.
      STATES = %i[ ready_execution claimed_execution failed_execution scheduled_execution blocked_execution ].freeze

      delegate :id, :class_name, :queue_name, :priority, :active_job_id, :scheduled_at, to: :@job

      def initialize(job)
        @job = job
      end

      # "scheduled", "ready", "claimed", "blocked", "failed" or "finished"
      def state
        @job.status.to_s
      end

      # What the job was called with; as it lies in the table where a record is gone.
      def arguments
        ActiveJob::Arguments.deserialize(@job.arguments["arguments"])
      rescue ActiveJob::DeserializationError
        @job.arguments["arguments"]
      end

      # Class and message of the error, when it failed.
      def error
        failed = @job.failed_execution
        failed && "#{failed.exception_class}: #{failed.message}"
      end

      # What made it fail, as a trouble; nil when it has not failed.
      def trouble
        return unless failed = @job.failed_execution

        location = Errors.place(Errors.app_frames(failed.backtrace).first)
        Trouble.new("The job #{class_name}", error, location)
      end

      def executions
        @job.arguments["executions"]
      end
    end
  end
end
