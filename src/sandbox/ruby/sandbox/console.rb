# frozen_string_literal: true

require "pp"
require "stringio"

module Sandbox
  # The console process: a Rails console's prompt, and lesson checks.
  class Console
    OUTPUT_CHARACTERS = 200_000
    RESULT_CHARACTERS = 100_000
    WIDTH = 80

    def initialize
      @binding = TOPLEVEL_BINDING.dup
      @binding.receiver.extend Commands
      @binding.local_variable_set(:_, nil)
      @line = 1
    end

    # Yields once it listens.
    def run
      Signals.by_default("INT") { interrupt_entry }
      yield
      Inbox.each { |message, _| respond(message.fetch("id"), answer(message)) }
    end

    private
      def answer(message)
        case message.fetch("type")
        when "evaluate" then entry(message.fetch("id")) { evaluate(message.fetch("code")) }
        when "complete" then Completion.of(message.fetch("code"), @binding)
        when "whole" then { whole: Completion.whole?(message.fetch("code")) }
        when "check" then check(message.fetch("source"), message["test"])
        end
      end

      def respond(id, answer)
        Host.call "kernel.respond", id: id, answer: answer
      end

      # Ctrl-C is for one entry, and may arrive when that has ended.
      def entry(id)
        @entry = id
        yield
      ensure
        @entry = nil
        Scheduler.current.interrupts.forget(Fiber.current)
      end

      def interrupt_entry
        return unless @entry && Host.call("kernel.interrupted").first["id"] == @entry

        GreenThread.main.raise(Interrupt)
      end

      def check(source, number)
        @check ||= Check::Run.new(source)
        number ? @check.result(number) : @check.list
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
  end
end
