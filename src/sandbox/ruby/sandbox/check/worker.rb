# frozen_string_literal: true

module Sandbox
  class Check < Minitest::Test
    # A jobs process that a check has started.
    class Worker
      class << self
        def start(**options)
          answer, = Calls.call("kernel.start_jobs", options.compact)
          new(answer["pid"]).tap { |worker| started << worker }
        end

        def kill_all
          started.each { |worker| worker.kill if worker.alive? }
          started.clear
        end

        private
          def started
            @started ||= []
          end
      end

      attr_reader :pid

      def initialize(pid)
        @pid = pid
      end

      def kill = signal("KILL")
      def term = signal("TERM")
      def quit = signal("QUIT")

      def alive?
        process = Host.call("kernel.processes").first["processes"].find { |candidate| candidate["pid"] == pid }
        process["status"] != "exited"
      end

      # Waits until it has ended.
      def wait
        Calls.call("kernel.wait", pid: pid)
        self
      end

      private
        def signal(name)
          Host.call("kernel.signal", pid: pid, signal: name)
          self
        end
    end
  end
end
