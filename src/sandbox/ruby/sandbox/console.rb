# frozen_string_literal: true

require "pp"
require "stringio"

module Sandbox
  # The console process: a Rails console's prompt, what the page does to the queue, and lesson checks.
  class Console
    OUTPUT_CHARACTERS = 200_000
    RESULT_CHARACTERS = 100_000
    WIDTH = 80

    def initialize
      @binding = TOPLEVEL_BINDING.dup
      @binding.local_variable_set(:_, nil)
      @line = 1
    end

    # Yields once it listens.
    def run
      yield
      Inbox.each { |message, _| respond(message.fetch("id"), answer(message)) }
    end

    private
      def answer(message)
        case message.fetch("type")
        when "evaluate" then evaluate(message.fetch("code"))
        when "queue" then act_on_queue(message)
        when "check" then Check::Run.new(message.fetch("source")).results
        end
      end

      def respond(id, answer)
        Host.call "kernel.respond", id: id, answer: answer
      end

      def evaluate(code)
        result = error = nil
        output = capture do
          Files.reload_if_changed
          # Not inside Rails' executor, as in any console: its query cache would hide what others write.
          result = pretty(remember(@binding.eval(code, "(console)", @line)))
        rescue SystemExit, Exception => raised # rubocop:disable Lint/RescueException
          error = Errors.describe(raised)
        end
        @line += code.lines.size
        { output: Text.clip(output, OUTPUT_CHARACTERS), result: error ? nil : result, error: error }
      end

      def remember(value)
        @binding.local_variable_set(:_, value)
      end

      def pretty(value)
        Text.clip(PP.pp(value, +"", WIDTH).chomp, RESULT_CHARACTERS)
      end

      def capture
        original = [ $stdout, $stderr ]
        $stdout = $stderr = output = StringIO.new
        yield
        output.string
      ensure
        $stdout, $stderr = original
      end

      def act_on_queue(message)
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
