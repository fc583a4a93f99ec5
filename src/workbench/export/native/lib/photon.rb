require "vips"

# Pictures for the app, as the sandbox of the course has them, made by libvips.
#
#   Photon::Image.new(bytes).resize_to_limit(320, 320).filter(:oceanic).to_jpeg
#
# An image does not change: each step returns a new one.
module Photon
  # The picture cannot be read, or what was asked for does not exist.
  class Error < StandardError; end

  class Image
    # Each filter is a tint: how much of red, green and blue it keeps, and what it adds.
    # They come near the sandbox's, not pixel by pixel.
    FILTERS = {
      oceanic:    [ [ 0.9, 0.9, 1.0 ], [ 0, 18, 35 ] ],
      islands:    [ [ 0.9, 1.0, 1.0 ], [ 0, 24, 18 ] ],
      marine:     [ [ 0.8, 0.9, 1.0 ], [ 0, 14, 54 ] ],
      seagreen:   [ [ 0.8, 1.0, 0.9 ], [ 0, 68, 0 ] ],
      flagblue:   [ [ 0.8, 0.9, 1.0 ], [ 0, 0, 131 ] ],
      liquid:     [ [ 0.9, 1.0, 1.0 ], [ 0, 10, 0 ] ],
      diamante:   [ [ 0.9, 0.9, 1.0 ], [ 30, 0, 50 ] ],
      radio:      [ [ 0.9, 1.0, 0.9 ], [ 5, 40, 20 ] ],
      twenties:   [ [ 1.0, 0.95, 0.8 ], [ 18, 12, 0 ] ],
      rosetint:   [ [ 1.0, 0.9, 0.9 ], [ 80, 0, 31 ] ],
      mauve:      [ [ 1.0, 0.9, 1.0 ], [ 90, 0, 108 ] ],
      bluechrome: [ [ 0.8, 0.9, 1.0 ], [ 20, 10, 60 ] ],
      vintage:    [ [ 1.0, 0.95, 0.8 ], [ 60, 25, 0 ] ],
      perfume:    [ [ 1.0, 0.9, 1.0 ], [ 80, 40, 120 ] ],
      serenity:   [ [ 1.0, 0.95, 1.0 ], [ 10, 25, 60 ] ]
    }.freeze

    FORMATS = { "jpegload" => "jpeg", "pngload" => "png", "gifload" => "gif", "webpload" => "webp" }.freeze

    def initialize(bytes, picture = nil)
      @bytes = bytes.to_s.b
      @picture = picture
    end

    def width  = picture.width
    def height = picture.height

    # What the picture came as: "jpeg", "png", "gif" or "webp".
    def format
      loader = read { Vips::Image.new_from_buffer(@bytes, "").get("vips-loader") }
      FORMATS.fetch(loader.delete_suffix("_buffer")) { raise Error, "This is not a picture." }
    end

    # Makes the picture fit into the given box. It keeps its shape and never grows.
    def resize_to_limit(width, height)
      step { |image| image.thumbnail_image(width, height: height, size: :down) }
    end

    def filter(name)
      keep, add = FILTERS.fetch(name.to_sym) do
        raise Error, "There is no filter #{name.inspect}. Filters: #{FILTERS.keys.join(", ")}."
      end
      step { |image| image.linear(keep, add).cast(:uchar) }
    end

    # Tags for what the picture looks like, such as ["blue", "dark"].
    def colors
      read do
        red, green, blue = picture.stats.to_a.drop(1).map { |row| row[4][0] / 255.0 }
        [ hue(red, green, blue), brightness((red + green + blue) / 3) ].compact
      end
    end

    def to_jpeg(quality: 80) = read { picture.write_to_buffer(".jpg", Q: quality) }
    def to_png               = read { picture.write_to_buffer(".png") }
    def to_webp              = read { picture.write_to_buffer(".webp") }

    def inspect
      "#<#{self.class} #{@bytes.bytesize} bytes>"
    end

    private
      # The right way up, in three colours, without transparency.
      def picture
        @picture ||= read do
          image = Vips::Image.new_from_buffer(@bytes, "").autorot.colourspace(:srgb)
          image.has_alpha? ? image.flatten(background: 255) : image
        end
      end

      def step
        read { self.class.new(@bytes, yield(picture)) }
      end

      def read
        yield
      rescue Vips::Error => error
        raise Error, "The picture cannot be read: #{error.message.lines.first&.strip}"
      end

      def hue(red, green, blue)
        highest, lowest = [ red, green, blue ].minmax.reverse
        return "grey" if highest - lowest < 0.08

        { red => "red", green => "green", blue => "blue" }[highest]
      end

      def brightness(level)
        return "dark" if level < 0.3

        "bright" if level > 0.7
      end
  end
end
