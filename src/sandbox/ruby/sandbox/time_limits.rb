# frozen_string_literal: true

module Sandbox
  # Timeout.timeout. What computes without waiting is not interrupted; its time is looked at when it ends.
  # As in Ruby, only an exception class that was asked for can be rescued inside the block
  # (lib/timeout.rb 0.4.1, `Timeout::Error.handle_timeout`).
  class TimeLimits
    Limit = Struct.new(:deadline, :fiber, :exception)

    # +now+ is called for the time in seconds.
    def initialize(interrupts, now)
      @interrupts = interrupts
      @now = now
      @limits = []
    end

    def hold(duration, exception_class, message, &block)
      if exception_class == Timeout::Error
        Timeout::Error.handle_timeout(message) { |exit| within(duration, exit, &block) }
      else
        within(duration, exception_class.new(message), &block)
      end
    end

    # Takes those whose time is over, the earliest first.
    def expire(time)
      expired, @limits = @limits.partition { |limit| limit.deadline <= time }
      expired.sort_by(&:deadline)
    end

    def deadlines = @limits.map(&:deadline)

    private
      def within(duration, exception)
        limit = Limit.new(@now.call + duration.to_f, Fiber.current, exception)
        @limits << limit
        value = yield duration
        raise exception if overdue?(limit)
        value
      ensure
        @limits.delete_if { |candidate| candidate.equal?(limit) }
        @interrupts.forget(Fiber.current, exception)
      end

      # Its time is over, and its exception has not been raised.
      def overdue?(limit)
        return true if @interrupts.waits?(limit.fiber, limit.exception)

        limit.deadline <= @now.call && @limits.any? { |candidate| candidate.equal?(limit) }
      end
  end
end
