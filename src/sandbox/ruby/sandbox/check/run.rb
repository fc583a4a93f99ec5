# frozen_string_literal: true

module Sandbox
  class Check < Minitest::Test
    # Runs a check's source and tells what each test gave: the shape of `CheckResult` in src/sandbox/sandbox.ts.
    class Run
      MESSAGE_CHARACTERS = 4_000

      class << self
        # Leaves the rest out once a test has failed with a hint: what a learner is told is known then.
        attr_accessor :stop_at_hint

        def classes
          @classes ||= []
        end
      end

      def initialize(source)
        @source = source
      end

      def results
        self.class.classes.clear
        self.class.stop_at_hint = false
        eval(@source, TOPLEVEL_BINDING.dup, "check.rb") # rubocop:disable Security/Eval
        tests = self.class.classes.flat_map { |check| run(check) }
        { passed: tests.any? && tests.none? { |test| %w[ failed error ].include?(test[:status]) }, tests: tests, error: nil }
      rescue StandardError, ScriptError => error
        { passed: false, tests: [], error: Errors.describe(error) }
      end

      private
        def run(check)
          check.sentences.each_with_object([]) do |(method_name, sentence), results|
            test = check.new(method_name)
            test.run
            results << describe(sentence, test)
            break results if self.class.stop_at_hint && results.last[:hint]
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
