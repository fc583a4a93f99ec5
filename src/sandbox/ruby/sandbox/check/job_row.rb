# frozen_string_literal: true

module Sandbox
  class Check < Minitest::Test
    # A row of the queue as a check sees it: one attempt of a job.
    class JobRow
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

      def executions
        @job.arguments["executions"]
      end
    end
  end
end
