# frozen_string_literal: true

module Sandbox
  class Check < Minitest::Test
    # Runs a check's source and tells what each test gave: the shape of `CheckResult` in src/sandbox/sandbox.ts.
    class Run
      MESSAGE_CHARACTERS = 4_000

      class << self
        def classes
          @classes ||= []
        end
      end

      def initialize(source)
        @source = source
      end

      def results
        self.class.classes.clear
        eval(@source, TOPLEVEL_BINDING.dup, "check.rb") # rubocop:disable Security/Eval
        tests = self.class.classes.flat_map { |check| run(check) }
        { passed: tests.any? && tests.none? { |test| %w[ failed error ].include?(test[:status]) }, tests: tests, error: nil }
      rescue StandardError, ScriptError => error
        { passed: false, tests: [], error: Errors.describe(error) }
      end

      private
        def run(check)
          check.sentences.map do |method_name, sentence|
            test = check.new(method_name)
            test.run
            describe(sentence, test)
          end
        end

        def describe(sentence, test)
          failure = test.failure
          error = failure && Errors.describe(failure.error)
          {
            name: sentence, status: status(test), message: failure && message(failure),
            hint: test.skipped? ? nil : test.failed_hint, location: error && error[:location]
          }
        end

        def status(test)
          return "passed" if test.passed?
          return "skipped" if test.skipped?

          test.error? ? "error" : "failed"
        end

        # Without Minitest's frames for an unexpected error: class and message are what the learner needs.
        def message(failure)
          error = failure.error
          text = failure.is_a?(Minitest::UnexpectedError) ? "#{error.class}: #{error.message}" : failure.message
          Text.clip(text, MESSAGE_CHARACTERS)
        end
    end
  end
end
