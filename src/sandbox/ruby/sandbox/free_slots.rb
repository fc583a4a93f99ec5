# frozen_string_literal: true

module Sandbox
  # Objects that are gone leave their content behind in Ruby's heap, and the image would carry it. So each
  # free slot is filled once more, with zeros, and freed. Only the builder needs it.
  module FreeSlots
    HEADER_BYTES = 3 * 4 # a short string's: flags, class, length (string.c)

    class << self
      def blank
        GC.start
        GC.disable
        GC.stat_heap.each_key { |heap| fill(heap) }
      ensure
        GC.enable
        GC.start
      end

      private
        # A string that fills its slot, up to the zero byte at its end.
        def fill(heap)
          heap = GC.stat_heap(heap)
          bytes = heap[:slot_size] - HEADER_BYTES - 1
          free = heap[:heap_eden_slots] - (heap[:total_allocated_objects] - heap[:total_freed_objects])
          Array.new([ free - 1, 0 ].max) { "\0" * bytes }
        end
    end
  end
end
