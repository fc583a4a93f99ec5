# frozen_string_literal: true

require "json"

module Sandbox
  # Calls to the host of this process, through the device /dev/host
  # (src/sandbox/process/host-device.ts says how the bytes lie).
  module Host
    class Error < StandardError; end

    DEVICE = "/dev/host"
    READ_BYTES = 16 * 1024
    NO_BLOBS = [].freeze
    # Who answers, by the operation's first word.
    DESTINATIONS = { "host" => 0, "image" => 0, "db" => 1, "kernel" => 2 }.freeze

    class << self
      # Sends +args+ (anything JSON can say) and binary +blobs+ to the operation +op+ and waits for
      # the answer: a Hash and the binary strings that came with it. Raises Host::Error with the
      # host's sentence when the operation failed.
      def call(op, args = {}, blobs = NO_BLOBS)
        give_way(op)
        body, blobs = decode(exchange(op, request(op, args, blobs)))
        raise Error, body["failure"] if body["failure"]
        [ body, blobs ]
      end

      # Sends without looking at the answer.
      def emit(op, args = {}, blobs = NO_BLOBS)
        exchange(op, request(op, args, blobs))
        nil
      end

      # The image must not hold the builder's file: each process opens its own.
      def hang_up
        @device&.close
        @device = nil
      end

      private
        # Before the call, never after it: an answer that has come must not be lost to an exception.
        def give_way(op)
          return if op.start_with?("host.")

          Signals.deliver_pending if @signals_pending
          Scheduler.current&.checkpoint if op.start_with?("db.")
        end

        def request(op, args, blobs)
          message = args.merge(op: op)
          message[:blobs] = blobs.map(&:bytesize) unless blobs.empty?
          json = JSON.generate(message).b
          blobs.each_with_object([ json.bytesize ].pack("V") << json) { |blob, frame| frame << blob.b }
        end

        def exchange(op, frame)
          destination = DESTINATIONS.fetch(op[/\A\w+/])
          device.syswrite([ frame.bytesize, destination ].pack("VC") << frame)
          read_answer
        end

        def read_answer
          chunk = device.sysread(READ_BYTES)
          length = chunk.unpack1("V")
          @signals_pending = chunk.getbyte(4) == 1
          answer = chunk.byteslice(5, length)
          answer << device.sysread(length - answer.bytesize) while answer.bytesize < length
          answer
        end

        def decode(answer)
          json_length = answer.unpack1("V")
          body = JSON.parse(answer.byteslice(4, json_length).force_encoding(Encoding::UTF_8))
          [ body, split(answer, 4 + json_length, body["blobs"]) ]
        end

        def split(answer, offset, lengths)
          return NO_BLOBS unless lengths

          lengths.map do |length|
            answer.byteslice(offset, length).tap { offset += length }
          end
        end

        def device
          @device ||= File.open(DEVICE, "r+b").tap { |file| file.sync = true }
        end
    end
  end
end
