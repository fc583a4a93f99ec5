# frozen_string_literal: true

module Sandbox
  # Fibers that wait for something, and until when at most.
  class Waits
    Wait = Struct.new(:deadline, :polling, :timed_out)

    def initialize
      @waits = {}
    end

    # +deadline+: in seconds, nil for none. A wait that polls is nothing that an advancing clock stops at.
    def add(fiber, deadline, polling)
      @waits[fiber] = Wait.new(deadline, polling)
    end

    # False when the fiber did not wait.
    def end(fiber)
      !@waits.delete(fiber).nil?
    end

    def clear = @waits.clear

    # Ends the waits whose time is over: their fibers, the earliest first.
    def expire(time)
      due = @waits.select { |_, wait| wait.deadline && wait.deadline <= time }
      due.sort_by { |_, wait| wait.deadline }.map do |fiber, wait|
        wait.timed_out = true
        @waits.delete(fiber)
        fiber
      end
    end

    def deadlines(polling:)
      @waits.each_value.filter_map { |wait| wait.deadline if polling || !wait.polling }
    end
  end
end
