# frozen_string_literal: true

module Sandbox
  # An exception as the page shows it: the shape of `RubyError` in src/sandbox/sandbox.ts.
  module Errors
    MESSAGE_CHARACTERS = 20_000
    FRAMES = 50

    class << self
      def describe(error)
        frames = app_frames(error.backtrace)
        {
          className: error.class.to_s,
          message: Text.clip(message_of(error), MESSAGE_CHARACTERS),
          backtrace: frames,
          location: location(error, frames)
        }
      end

      # File and line at the head of a frame of a backtrace, or of a SyntaxError's message.
      def place(frame)
        { path: $1, line: $2.to_i } if Text.utf8(frame) =~ /\A(?:#{Regexp.escape(APP_ROOT)}\/)?([^\n:]+\.\w+):(\d+)/
      end

      # Frames in the app's own files, relative to the app.
      def app_frames(backtrace)
        frames = Array(backtrace).select { |frame| frame.start_with?("#{APP_ROOT}/", "(console)", "check.rb") }
        frames.first(FRAMES).map { |frame| frame.delete_prefix("#{APP_ROOT}/") }
      end

      private
        # A learner's own `message` may raise.
        def message_of(error)
          error.is_a?(SyntaxError) ? error.message.gsub("#{APP_ROOT}/", "") : error.message.to_s
        rescue StandardError => raised
          "(its message raised #{raised.class})"
        end

        # A SyntaxError stands where the file is wrong, not where it was loaded.
        def location(error, frames)
          return error.place if error.is_a?(ConfigurationError)

          place(error.is_a?(SyntaxError) ? message_of(error) : frames.first)
        end
    end
  end
end
