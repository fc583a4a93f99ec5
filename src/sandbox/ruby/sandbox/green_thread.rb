# frozen_string_literal: true

module Sandbox
  # What `Thread.new` returns here: a Fiber that the scheduler runs, with Thread's interface.
  # One green thread runs at a time, and gives way where it waits.
  class GreenThread
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
            @thread.send(:run)
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

    attr_accessor :name, :report_on_exception, :abort_on_exception, :priority, :active_support_execution_state
    attr_reader :fiber, :exception

    def initialize(*args, &block)
      raise ThreadError, "must be called with a block" unless block

      @locals = {}
      @variables = {}
      @waiters = []
      @report_on_exception = true
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
    alias_method :run_now, :wakeup

    def [](key) = @locals[key.to_sym]
    def []=(key, value)
      @locals[key.to_sym] = value
    end
    def key?(key) = @locals.key?(key.to_sym)
    def keys = @locals.keys
    def fetch(key, ...) = @locals.fetch(key.to_sym, ...)

    def thread_variable_get(key) = @variables[key.to_sym]
    def thread_variable_set(key, value) = @variables[key.to_sym] = value
    def thread_variable?(key) = @variables.key?(key.to_sym)
    def thread_variables = @variables.keys

    def group = ThreadGroup::Default
    def native_thread_id = 1
    def pending_interrupt?(*) = false
    def backtrace(*) = @fiber.backtrace
    def inspect = "#<Thread:0x#{object_id.to_s(16)}#{" #{name}" if name} #{status || "dead"}>"
    alias_method :to_s, :inspect

    private
      def inherited_storage
        (Fiber.current.storage || {}).merge(sandbox_polling: nil)
      end

      def run
        @started = true
        catch(self) { @value = @program.call }
      rescue SystemExit, SignalException => exit
        @exception = exit
        GreenThread.main.raise(exit) unless equal?(GreenThread.main)
      rescue Exception => error # rubocop:disable Lint/RescueException
        @exception = error
        report(error) if report_on_exception && !equal?(GreenThread.main)
      ensure
        finish
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
        warn "#{inspect} terminated with exception:\n#{error.full_message(highlight: false)}"
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

class Thread
  class << self
    # Kept by the scheduler: nothing is asked as often, and reading a variable is what costs least.
    attr_accessor :current

    def new(...) = Sandbox::GreenThread.new(...)
    alias_method :start, :new
    alias_method :fork, :new

    def main = Sandbox::GreenThread.main || Sandbox::GreenThread::NATIVE_MAIN
    def list = Sandbox::GreenThread.list
    def pass = Sandbox::Scheduler.current&.pass
    def handle_interrupt(*) = yield
    def pending_interrupt?(*) = false
    def exit = current.kill
    def kill(thread) = thread.kill
    def stop = sleep
  end
end
Thread.current = Sandbox::GreenThread::NATIVE_MAIN
