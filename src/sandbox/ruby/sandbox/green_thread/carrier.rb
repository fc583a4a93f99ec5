# frozen_string_literal: true

module Sandbox
  class GreenThread
    # Runs one thread after the other on the same Fiber: a Fiber's stack is 0.6 MB, of which the garbage
    # collector does not know, and threads are many (each timeout is one).
    class Carrier
      class << self
        def start(thread, storage)
          (idle.pop || new).carry(thread, storage)
        end

        def idle
          @idle ||= []
        end
      end

      attr_reader :fiber

      def initialize
        @fiber = Fiber.new(blocking: false) { run }
      end

      def carry(thread, storage)
        @thread, @storage = thread, storage
        self
      end

      # Nothing that was meant for this thread may reach the next one.
      def release
        @thread = @storage = nil
        Scheduler.current.retire(@fiber)
        self.class.idle << self
      end

      private
        def run
          loop do
            Fiber.current.storage = @storage
            Thread.current = @thread
            @thread.live
            rest
          end
        end

        def rest
          Fiber.current.storage = {}
          Thread.current = NATIVE_MAIN
          release
          Scheduler.current.leave
        end
    end
  end
end
