# frozen_string_literal: true

module Sandbox
  # What is to be raised in fibers at their next wait: by Thread#raise, Thread#kill, a signal or a Timeout.
  # An interrupt is an exception, or a Proc that is called in its place.
  class Interrupts
    TIMINGS = %i[ immediate on_blocking never ].freeze

    def initialize
      @pending = {}
      @masks = {}
    end

    # True when the fiber's next wait will raise it, false when a `handle_interrupt` puts it off.
    def add(fiber, interrupt)
      (@pending[fiber] ||= []) << interrupt
      raised?(fiber, interrupt)
    end

    # Raises the first that nothing puts off.
    def raise_in(fiber)
      pending = @pending[fiber]
      return if pending.nil? || pending.empty?

      index = pending.index { |interrupt| raised?(fiber, interrupt) }
      call(pending.delete_at(index)) if index
    end

    # Thread.handle_interrupt: within the block +timings+ says when exceptions of a class are raised. Everything
    # here is raised where its thread waits, so `:immediate` and `:on_blocking` are the same.
    def masked(timings)
      raise ArgumentError, "unknown mask signature" unless timings.values.all? { |timing| TIMINGS.include?(timing) }

      fiber = Fiber.current
      masks = @masks[fiber] ||= []
      masks.push(timings)
      begin
        raise_in(fiber)
        yield
      ensure
        masks.pop
        raise_in(fiber)
      end
    end

    def pending?(fiber, type = nil)
      Array(@pending[fiber]).any? { |interrupt| type.nil? || type === interrupt }
    end

    # Whether just this exception waits to be raised.
    def waits?(fiber, exception)
      Array(@pending[fiber]).any? { |interrupt| interrupt.equal?(exception) }
    end

    # What was to be raised no longer is: all of it, or just +exception+.
    def forget(fiber, exception = nil)
      @pending[fiber]&.delete_if { |interrupt| exception.nil? || interrupt.equal?(exception) }
    end

    # The thread of this fiber has ended.
    def retire(fiber)
      @pending.delete(fiber)
      @masks.delete(fiber)
    end

    private
      def call(interrupt)
        interrupt.is_a?(Proc) ? interrupt.call : raise(interrupt)
      end

      # The innermost mask that says something about the exception counts. What is no exception (Thread#kill)
      # only a mask for every Object puts off, as in Ruby's thread.c.
      def raised?(fiber, interrupt)
        masks = @masks[fiber]
        return true if masks.nil? || masks.empty?

        ancestors = interrupt.is_a?(Exception) ? interrupt.class.ancestors : [ Object ]
        timing = masks.reverse_each.lazy.filter_map { |mask| mask[ancestors.find { |type| mask.key?(type) }] }.first
        timing != :never
      end
  end
end
