# frozen_string_literal: true

module Sandbox
  # Tells the host which line of the app's code began last, so that a process that hangs can be asked where:
  # also one that computes and answers nobody. It costs some microseconds a line, so only checks use it.
  # A line is one number: file << 16 | line (src/sandbox/control.ts).
  module LastLine
    DEVICE = "/dev/line"
    LARGEST_LINE = 0xffff

    class << self
      # From here on; files that are already loaded are not followed.
      def follow
        @device = File.open(DEVICE, "wb").tap { |device| device.sync = true }
        @bytes = Hash.new { |bytes, place| bytes[place] = [ place ].pack("V") }
        @files = 0
        TracePoint.new(:script_compiled) { |event| follow_code(event.instruction_sequence) }.enable
      end

      # What began has ended.
      def clear
        tell(0)
      end

      private
        def follow_code(code)
          return unless code.path.start_with?("#{APP_ROOT}/")

          file = name_file(code.path) << 16
          TracePoint.new(:line, :b_call) { |event| tell(file | [ event.lineno, LARGEST_LINE ].min) }.enable(target: code)
        rescue ArgumentError
          nil # a file without code
        end

        def name_file(path)
          @files += 1
          Host.emit "host.source", index: @files, path: path.delete_prefix("#{APP_ROOT}/")
          @files
        end

        def tell(place)
          @device&.syswrite(@bytes[place])
        end
    end
  end
end
