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
        Rails.application.executor.wrap do
          { value: QueueActions.public_send(message.fetch("action"), message.fetch("argument")) }
        end
      rescue StandardError => error
        { error: Errors.describe(error) }
      end
  end
end
