# frozen_string_literal: true

module Sandbox
  # An exception as the page shows it: the shape of `RubyError` in src/sandbox/sandbox.ts.
  module Errors
    MESSAGE_CHARACTERS = 20_000
    FRAMES = 50

    class << self
      def describe(error)
        frames = app_frames(error)
        {
          className: error.class.to_s,
          message: Text.clip(message_of(error), MESSAGE_CHARACTERS),
          backtrace: frames,
          location: location(error, frames)
        }
      end

      private
        # A learner's own `message` may raise.
        def message_of(error)
          error.message.to_s
        rescue StandardError => raised
          "(its message raised #{raised.class})"
        end

        def app_frames(error)
          frames = Array(error.backtrace).select { |frame| frame.start_with?("#{APP_ROOT}/", "(console)", "check.rb") }
          frames.first(FRAMES).map { |frame| frame.delete_prefix("#{APP_ROOT}/") }
        end

        # A SyntaxError stands where the file is wrong, not where it was loaded.
        def location(error, frames)
          place = Text.utf8(error.is_a?(SyntaxError) ? error.message : frames.first)
          return unless place =~ /\A(?:#{Regexp.escape(APP_ROOT)}\/)?([^\n:]+\.\w+):(\d+)/

          { path: $1, line: $2.to_i }
        end
    end
  end
end
