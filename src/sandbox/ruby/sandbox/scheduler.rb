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

    attr_reader :interrupts

    def initialize
      @root = Fiber.current
      @ready = []
      @waits = Waits.new
      @interrupts = Interrupts.new
      @limits = TimeLimits.new(@interrupts, -> { now })
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

    # Raises +exception+ in +fiber+ (or calls it, when it is a Proc): at once when it waits, else at its next wait.
    def interrupt(fiber, exception)
      unblock(:interrupt, fiber) if @interrupts.add(fiber, exception)
    end

    # No other thread runs again: the process is about to end.
    def abandon_others
      @ready.clear
      @waits.clear
    end

    # Lets others run when this thread has had its slice.
    def checkpoint
      fiber = Fiber.current
      return if fiber.equal?(@root) || fiber.blocking?

      @interrupts.raise_in(fiber)
      pass if now - @slice_started > SLICE
    end

    def pass
      @ready << Fiber.current
      leave
    end

    # Gives control back to the loop; this fiber goes on when it is ready and its turn comes.
    def leave
      thread = Thread.current
      @root.transfer
      Thread.current = thread
    end

    # The thread of this fiber has ended.
    def retire(fiber)
      @ready.delete(fiber)
      @interrupts.retire(fiber)
    end

    # -- Fiber::Scheduler --

    def fiber(&block)
      GreenThread.new(&block).fiber
    end

    # Ruby leaves to its scheduler what `sleep` without one checks (process.c, `rb_f_sleep`).
    def kernel_sleep(duration = nil)
      unless duration.nil? || duration.is_a?(Numeric) || duration.respond_to?(:divmod)
        raise TypeError, "can't convert #{duration.class} into time interval"
      end
      raise ArgumentError, "time interval must not be negative" if duration&.to_f&.negative?

      block(:sleep, duration)
    end

    def block(_blocker, timeout = nil)
      fiber = Fiber.current
      @interrupts.raise_in(fiber)
      wait = @waits.add(fiber, timeout && now + timeout.to_f, Fiber[:sandbox_polling])
      leave
      @interrupts.raise_in(fiber)
      !wait.timed_out
    end

    def unblock(_blocker, fiber)
      @ready << fiber if @waits.end(fiber)
    end

    def io_wait(_io, events, _timeout)
      events
    end

    def timeout_after(...) = @limits.hold(...)

    def close
    end

    private
      def step
        wake_due
        if fiber = @ready.shift
          tell_due
          @slice_started = now
          fiber.transfer if fiber.alive?
          Thread.current = GreenThread::NATIVE_MAIN
        else
          sleep_on_host
        end
      end

      def wake_due
        time = now
        @limits.expire(time).each { |limit| interrupt(limit.fiber, limit.exception) }
        @ready.concat(@waits.expire(time))
      end

      # A process that always has something to do never says in `host.wait` when its next thing is due.
      def tell_due
        return if now - (@due_told || 0) < SLICE

        @due_told = now
        Host.emit "host.due", at: next_due
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
        [ *@waits.deadlines(polling: polling), *@limits.deadlines ].min
      end

      def now
        Process.clock_gettime(Process::CLOCK_REALTIME)
      end
  end
end
