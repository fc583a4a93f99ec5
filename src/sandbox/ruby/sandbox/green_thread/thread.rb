# frozen_string_literal: true

# `Thread.new` makes green threads, and what asks for threads finds them.
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
    def handle_interrupt(timings, &block)
      raise ArgumentError, "block is needed." unless block

      Sandbox::Scheduler.current ? Sandbox::Scheduler.current.interrupts.masked(timings, &block) : yield
    end

    def pending_interrupt?(...) = current.pending_interrupt?(...)
    def exit = current.kill
    def kill(thread) = thread.kill
    def stop = sleep
    def ===(object) = object.is_a?(self)
  end
end
Thread.current = Sandbox::GreenThread::NATIVE_MAIN
