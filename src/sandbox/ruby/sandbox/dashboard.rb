# frozen_string_literal: true

module Sandbox
  # The process that does what the page asks of the queue, as the dashboard of a real app would in its own
  # web server: it answers whatever the learner's code does in the other processes.
  class Dashboard
    # Yields once it listens.
    def run
      yield
      Inbox.each { |message, _| Host.call "kernel.respond", id: message.fetch("id"), answer: answer(message) }
    end

    private
      def answer(message)
        Rails.application.executor.wrap { QueueActions.public_send(message.fetch("action"), message.fetch("argument")) }
        { done: true }
      rescue StandardError => error
        { error: Errors.describe(error) }
      end
  end

  # What the page may do to the queue, through the gem's own models.
  module QueueActions
    class << self
      def pause(queue_name) = ::SolidQueue::Queue.find_by_name(queue_name).pause
      def resume(queue_name) = ::SolidQueue::Queue.find_by_name(queue_name).resume
      def retry(job_id) = find(job_id).retry
      def discard(job_id) = find(job_id).discard

      # As Mission Control does: a scheduled job becomes due now; a blocked one skips its turn.
      def run_now(job_id)
        job = find(job_id)
        if job.scheduled?
          job.scheduled_execution.update!(scheduled_at: Time.current)
          job.update!(scheduled_at: Time.current)
          ::SolidQueue::ScheduledExecution.dispatch_next_batch(500)
        elsif execution = ::SolidQueue::BlockedExecution.find_by(job_id: job.id)
          execution.transaction do
            job.dispatch_bypassing_concurrency_limits
            execution.destroy!
          end
        end
      end

      private
        def find(job_id)
          ::SolidQueue::Job.find(job_id)
        end
    end
  end
end
