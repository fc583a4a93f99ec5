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
      @timeouts = []
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
      (@interrupts[fiber] ||= []) << exception
      unblock(:interrupt, fiber)
    end

    # What was to be raised in this fiber at its next wait no longer is: all of it, or just +exception+.
    def forget_interrupts(exception = nil)
      @interrupts[Fiber.current]&.delete_if { |candidate| exception.nil? || candidate.equal?(exception) }
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
      thread = Thread.current
      @root.transfer
      Thread.current = thread
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

    # Timeout.timeout. What computes without waiting is not interrupted; its time is looked at when it ends.
    # As in Ruby, only an exception class that was asked for can be rescued inside the block
    # (lib/timeout.rb 0.4.1, `Timeout::Error.handle_timeout`).
    def timeout_after(duration, exception_class, message, &block)
      if exception_class == Timeout::Error
        Timeout::Error.handle_timeout(message) { |exit| interrupted_after(duration, exit, &block) }
      else
        interrupted_after(duration, exception_class.new(message), &block)
      end
    end

    def close
    end

    private
      Wait = Struct.new(:deadline, :polling, :timed_out)
      Limit = Struct.new(:deadline, :fiber, :exception)

      def interrupted_after(duration, exception)
        limit = Limit.new(now + duration.to_f, Fiber.current, exception)
        @timeouts << limit
        value = yield duration
        raise exception if overdue?(limit)
        value
      ensure
        @timeouts.delete_if { |candidate| candidate.equal?(limit) }
        forget_interrupts(exception)
      end

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

      # Its time is over, and its exception has not been raised.
      def overdue?(limit)
        waits = @interrupts[limit.fiber]&.any? { |interrupt| interrupt.equal?(limit.exception) }
        waits || (limit.deadline <= now && @timeouts.any? { |candidate| candidate.equal?(limit) })
      end

      def raise_interrupt(fiber)
        case interrupt = @interrupts[fiber]&.shift
        when nil then nil
        when Proc then interrupt.call
        else raise interrupt
        end
      end

      def wake_due
        time = now
        expired, @timeouts = @timeouts.partition { |limit| limit.deadline <= time }
        expired.sort_by(&:deadline).each { |limit| interrupt(limit.fiber, limit.exception) }
        due = @blocked.select { |_, wait| wait.deadline && wait.deadline <= time }
        due.sort_by { |_, wait| wait.deadline }.each do |fiber, wait|
          wait.timed_out = true
          @blocked.delete(fiber)
          @ready << fiber
        end
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
        waits = @blocked.each_value.filter_map { |wait| wait.deadline if polling || !wait.polling }
        [ *waits, *@timeouts.map(&:deadline) ].min
      end

      def now
        Process.clock_gettime(Process::CLOCK_REALTIME)
      end
  end
end
