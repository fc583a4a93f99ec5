# frozen_string_literal: true

module Sandbox
  class Check < Minitest::Test
    # A check's source: which tests it has, and what each gives. The shapes are those of
    # src/sandbox/local/check-run.ts, which asks for the tests one by one.
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

      # Names and limits (ms) of the tests; or the error for which none can run.
      def list
        SourceFiles.require_readable
        { tests: tests.map { |check, method_name| check.outline(method_name) }, stopAtHint: self.class.stop_at_hint, error: nil }
      rescue StandardError, ScriptError => error
        { tests: [], stopAtHint: false, error: Errors.describe(error) }
      end

      # Runs the test of that number.
      def result(number)
        check, method_name = tests.fetch(number)
        test = check.new(method_name)
        LastLine.clear
        test.run
        describe(test)
      end

      private
        def tests
          @tests ||= begin
            self.class.classes.clear
            self.class.stop_at_hint = false
            eval(@source, TOPLEVEL_BINDING.dup, "check.rb") # rubocop:disable Security/Eval
            self.class.classes.flat_map { |check| check.sentences.keys.map { |method_name| [ check, method_name ] } }
          end
        end

        def describe(test)
          failure = test.failure
          troubles = failure && !test.skipped? ? test.troubles : []
          {
            name: test.class.sentences[test.name], status: status(test), hint: test.skipped? ? nil : test.failed_hint,
            message: failure && message(failure, troubles), location: failure && location(failure, troubles)
          }
        end

        def status(test)
          return "passed" if test.passed?
          return "skipped" if test.skipped?

          test.error? ? "error" : "failed"
        end

        # Without Minitest's frames for an unexpected error: class and message are what the learner needs.
        def message(failure, troubles)
          Text.clip([ sentence(failure), *troubles.map(&:sentence) ].join("\n"), MESSAGE_CHARACTERS)
        end

        def sentence(failure)
          case error = failure.error
          when Hung, Minitest::Assertion then error.message
          else "#{error.class}: #{Errors.describe(error)[:message]}"
          end
        end

        # Where the app went wrong, rather than where the check noticed.
        def location(failure, troubles)
          error = failure.error
          return error.location if error.is_a?(Hung)

          troubles.filter_map(&:location).first || Errors.describe(error)[:location]
        end
    end
  end
end
