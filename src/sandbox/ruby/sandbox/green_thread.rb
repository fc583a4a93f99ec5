# frozen_string_literal: true

module Sandbox
  # What `Thread.new` returns here: a Fiber that the scheduler runs, with Thread's interface.
  # One green thread runs at a time, and gives way where it waits.
  class GreenThread
    include Variables

    class << self
      attr_accessor :main

      def list
        (@list ||= {}).keys
      end

      def register(thread)
        (@list ||= {})[thread] = true
      end

      def unregister(thread)
        @list&.delete(thread)
      end
    end

    # What runs where no green thread does.
    NATIVE_MAIN = ::Thread.current

    attr_accessor :name, :report_on_exception, :abort_on_exception, :priority, :active_support_execution_state
    attr_reader :fiber, :exception

    def initialize(*args, &block)
      raise ThreadError, "must be called with a block" unless block

      @waiters = []
      @report_on_exception = ::Thread.report_on_exception
      @program = -> { block.call(*args) }
      @carrier = Carrier.start(self, inherited_storage)
      @fiber = @carrier.fiber
      self.class.register(self)
      scheduler&.start(@fiber)
    end

    def join(limit = nil)
      wait_for_end(limit) unless finished?
      return unless finished?

      Kernel.raise @exception if @exception
      self
    end

    def value
      join
      @value
    end

    def alive? = !finished?
    def stop? = finished? || !equal?(Thread.current)

    def status
      return @exception ? nil : false if finished?
      @killed ? "aborting" : (equal?(Thread.current) ? "run" : "sleep")
    end

    def raise(error = RuntimeError, message = nil, backtrace = nil)
      if equal?(Thread.current)
        Kernel.raise(*[ error, message, backtrace ].compact)
      elsif alive?
        scheduler.interrupt(@fiber, exception_from(error, message))
      end
    end

    def kill
      return self if finished?

      @killed = true
      return never_start unless @started

      equal?(Thread.current) ? unwind : scheduler.interrupt(@fiber, method(:unwind).to_proc)
      self
    end
    alias_method :exit, :kill
    alias_method :terminate, :kill

    def wakeup
      Kernel.raise ThreadError, "killed thread" if finished?

      scheduler.unblock(:wakeup, @fiber)
      self
    end
    alias_method :run, :wakeup

    def group = ThreadGroup::Default
    def native_thread_id = 1
    def pending_interrupt?(type = nil) = alive? && scheduler.interrupts.pending?(@fiber, type)
    def backtrace(...) = (@fiber.backtrace(...) if alive?)
    def backtrace_locations(...) = (@fiber.backtrace_locations(...) if alive?)

    # A class cannot inherit from Thread without being a thread of the machine; this one passes for it all the same.
    def is_a?(type) = type == ::Thread || super
    alias_method :kind_of?, :is_a?

    def inspect = "#<Thread:0x#{object_id.to_s(16)}#{" #{name}" if name} #{status || "dead"}>"
    alias_method :to_s, :inspect

    # Runs the program to its end, on the carrier's Fiber.
    def live
      @started = true
      catch(self) { @value = @program.call }
    rescue SystemExit, SignalException => exit
      @exception = exit
      GreenThread.main.raise(exit) unless equal?(GreenThread.main)
    rescue Exception => error # rubocop:disable Lint/RescueException
      fail_with(error)
    ensure
      finish
    end

    private
      def inherited_storage
        (Fiber.current.storage || {}).merge(sandbox_polling: nil)
      end

      def fail_with(error)
        @exception = error
        return if equal?(GreenThread.main)

        report(error) if report_on_exception
        GreenThread.main.raise(error) if abort_on_exception || ::Thread.abort_on_exception
      end

      # Ends this thread as Thread#kill does: each `ensure` runs, and no `rescue` sees it.
      def unwind
        throw self
      end

      def never_start
        @carrier.release
        finish
        self
      end

      def finish
        @finished = true
        @program = @carrier = nil
        self.class.unregister(self)
        @waiters.each { |waiter| scheduler.unblock(:join, waiter) }
      end

      def wait_for_end(limit)
        @waiters << Fiber.current
        scheduler.block(:join, limit)
      ensure
        @waiters.delete(Fiber.current)
      end

      def finished?
        @finished
      end

      def report(error)
        warn "#{inspect} terminated with exception (report_on_exception is true):\n#{error.full_message(highlight: false)}"
      end

      def exception_from(error, message)
        error = RuntimeError.new(error) if error.is_a?(String)
        message ? error.exception(message) : error.exception
      end

      def scheduler
        Scheduler.current
      end
  end
end
