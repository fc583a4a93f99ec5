# frozen_string_literal: true

module Sandbox
  # Runs the green threads of this process: Ruby's Fiber::Scheduler interface on one loop.
  # CRuby on WASI has neither threads nor signals; with this, `sleep`, Mutex, Queue,
  # ConditionVariable and Timeout let other green threads run instead of stopping the process.
  class Scheduler
    # A thread that only talks to the host gives way to others after this many seconds.
    SLICE = 0.1

    class << self
      attr_reader :current

      def run(&program)
        @current = new
        Fiber.set_scheduler(@current)
        @current.run(&program)
      end

      # Waits until the host may have finished the request +ticket+, other threads running
      # meanwhile. False once +timeout+ seconds have passed, true before.
      def await(_ticket, timeout)
        current.wait_for_wake(timeout)
      end

      # Blocks that give the time (seconds since the Unix epoch) of something due that no thread sleeps for.
      def due_sources
        @due_sources ||= []
      end

      # Sleeps in the block are polling: when the clock is advanced, nobody needs to stop there.
      def polling
        previous = Fiber[:sandbox_polling]
        Fiber[:sandbox_polling] = true
        yield
      ensure
        Fiber[:sandbox_polling] = previous
      end
    end

    def initialize
      @root = Fiber.current
      @ready = []
      @blocked = {}
      @interrupts = {}
      @listeners = []
      @slice_started = now
    end

    # Runs the block as the main thread, and all others, until the main thread ends.
    def run(&program)
      main = GreenThread.main = GreenThread.new(&program)
      step while main.alive?
      main
    end

    def start(fiber)
      @ready << fiber
    end

    # Waits for anything that the host wakes this process for.
    def wait_for_wake(timeout = nil)
      @listeners << Fiber.current
      block(:host, timeout)
    ensure
      @listeners.delete(Fiber.current)
    end

    # Raises +exception+ in +fiber+: at once when it waits, else at its next wait.
    def interrupt(fiber, exception)
      @interrupts[fiber] = exception
      unblock(:interrupt, fiber)
    end

    # No other thread runs again: the process is about to end.
    def abandon_others
      @ready.clear
      @blocked.clear
    end

    # Lets others run when this thread has had its slice.
    def checkpoint
      fiber = Fiber.current
      return if fiber.equal?(@root) || fiber.blocking?

      raise_interrupt(fiber)
      pass if now - @slice_started > SLICE
    end

    def pass
      @ready << Fiber.current
      leave
    end

    # Gives control back to the loop; this fiber goes on when it is ready and its turn comes.
    def leave
      @root.transfer
    end

    # The thread of this fiber has ended.
    def retire(fiber)
      @ready.delete(fiber)
      @interrupts.delete(fiber)
    end

    # -- Fiber::Scheduler --

    def fiber(&block)
      GreenThread.new(&block).fiber
    end

    def kernel_sleep(duration = nil)
      block(:sleep, duration)
    end

    def block(_blocker, timeout = nil)
      fiber = Fiber.current
      raise_interrupt(fiber)
      wait = @blocked[fiber] = Wait.new(timeout && now + timeout.to_f, Fiber[:sandbox_polling])
      leave
      raise_interrupt(fiber)
      !wait.timed_out
    end

    def unblock(_blocker, fiber)
      @ready << fiber if @blocked.delete(fiber)
    end

    def io_wait(_io, events, _timeout)
      events
    end

    def timeout_after(duration, exception_class, message)
      fiber = Fiber.current
      timer = GreenThread.new do
        sleep duration
        interrupt fiber, exception_class.new(message)
      end
      yield duration
    ensure
      timer&.kill
    end

    def close
    end

    private
      Wait = Struct.new(:deadline, :polling, :timed_out)

      def step
        wake_due
        if fiber = @ready.shift
          @slice_started = now
          fiber.transfer if fiber.alive?
        else
          sleep_on_host
        end
      end

      def raise_interrupt(fiber)
        if exception = @interrupts.delete(fiber)
          raise exception
        end
      end

      def wake_due
        time = now
        due = @blocked.select { |_, wait| wait.deadline && wait.deadline <= time }
        due.sort_by { |_, wait| wait.deadline }.each do |fiber, wait|
          wait.timed_out = true
          @blocked.delete(fiber)
          @ready << fiber
        end
      end

      def sleep_on_host
        answer, = Host.call("host.wait", until: next_deadline(polling: true), due: next_due)
        Signals.deliver(answer["signals"])
        return unless answer["woken"]

        @listeners.dup.each { |fiber| unblock(:host, fiber) }
      end

      def next_due
        [ next_deadline(polling: false), *self.class.due_sources.filter_map(&:call) ].compact.min
      end

      def next_deadline(polling:)
        @blocked.each_value.filter_map { |wait| wait.deadline if polling || !wait.polling }.min
      end

      def now
        Process.clock_gettime(Process::CLOCK_REALTIME)
      end
  end
end
