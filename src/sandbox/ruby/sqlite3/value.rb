# frozen_string_literal: true

class String
  def to_blob
    SQLite3::Blob.new(self)
  end
end

module SQLite3
  # Tells a blob from a text, where the encoding does not.
  class Blob < String; end

  # How bound values and results travel: see the database server's binds.ts and rows.ts.
  module Value
    EXACT = -(2**53 - 1)..(2**53 - 1)
    INT64 = -(2**63)..(2**63 - 1)

    class << self
      # The value as JSON can carry it; bytes that it cannot are appended to +blobs+.
      def dump(value, blobs)
        case value
        when String then dump_string(value, blobs)
        when Integer then dump_integer(value)
        when nil then nil
        when Float then { f: value.to_s }
        else raise "can't prepare #{value.class}"
        end
      end

      # Puts into the rows what JSON could not carry.
      def patch(rows, patches, blobs)
        patches.each do |row, column, kind, value|
          rows[row][column] = load(kind, value, blobs)
        end
      end

      private
        def dump_string(value, blobs)
          return dump_bytes(:b, value, blobs) if value.encoding == Encoding::BINARY || value.instance_of?(Blob)

          text = value.encoding == Encoding::UTF_8 ? value : value.encode(Encoding::UTF_8)
          text.valid_encoding? ? text : dump_bytes(:t, text, blobs)
        end

        def dump_bytes(kind, bytes, blobs)
          blobs << bytes.b
          { kind => blobs.size - 1 }
        end

        def dump_integer(value)
          if EXACT.cover?(value)
            value
          elsif INT64.cover?(value)
            { i: value.to_s }
          else
            { f: value.to_f.to_s }
          end
        end

        def load(kind, value, blobs)
          case kind
          when "b" then blobs[value]
          when "t" then blobs[value].force_encoding(Encoding::UTF_8)
          when "f" then value.start_with?("-") ? -Float::INFINITY : Float::INFINITY
          end
        end
    end
  end
end
