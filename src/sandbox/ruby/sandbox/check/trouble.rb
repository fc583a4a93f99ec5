# frozen_string_literal: true

module Sandbox
  class Check < Minitest::Test
    # Something of the app that raised while a test ran, and may be why the test failed. +location+ is
    # a hash of path and line, or nil.
    Trouble = Struct.new(:subject, :error, :location) do
      def sentence
        place = " (#{location[:path]}:#{location[:line]})" if location
        "#{subject} raised #{error}#{place}"
      end
    end

    # Raised in a test whose time is over, and in its `ensure`s. Not a StandardError: what hangs is no
    # failure that a check could expect.
    class Hung < Exception # rubocop:disable Lint/InheritException
      attr_reader :location

      def initialize(message, location)
        @location = location&.symbolize_keys
        super(message)
      end
    end
  end
end
