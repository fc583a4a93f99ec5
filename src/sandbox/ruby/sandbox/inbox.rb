# frozen_string_literal: true

module Sandbox
  # What the page asks of this process, in order.
  module Inbox
    class << self
      def each
        loop { yield(*receive) }
      end

      # Waits for the next message: its Hash and its binary strings.
      def receive
        loop do
          message, blobs = Host.call("kernel.receive")
          return [ message["message"], blobs ] if message["message"]

          Scheduler.current.wait_for_wake
        end
      end
    end
  end
end
