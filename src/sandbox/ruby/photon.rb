# frozen_string_literal: true

# Pictures for the app: the image library of the sandbox, as a Ruby class.
#
#   Photon::Image.new(bytes).resize_to_limit(320, 320).filter(:oceanic).to_jpeg
#
# An image does not change: each step returns a new one. The work is done when the
# bytes are asked for, all steps at once.
module Photon
  # The picture cannot be read, is too large, or what was asked for does not exist.
  class Error < StandardError; end

  class Image
    FILTERS = %i[
      oceanic islands marine seagreen flagblue liquid diamante radio
      twenties rosetint mauve bluechrome vintage perfume serenity
    ].freeze

    def initialize(bytes, steps = [])
      @bytes = bytes.to_s.b
      @steps = steps
    end

    def width  = info["width"]
    def height = info["height"]

    # What the picture came as: "jpeg", "png", "gif" or "webp".
    def format = info["format"]

    # Makes the picture fit into the given box. It keeps its shape and never grows.
    def resize_to_limit(width, height)
      with_step type: "resize", width: width, height: height
    end

    def filter(name)
      unless FILTERS.include?(name.to_sym)
        raise Error, "There is no filter #{name.inspect}. Filters: #{FILTERS.join(", ")}."
      end

      with_step type: "filter", name: name.to_s
    end

    # Tags for what the picture looks like, such as ["blue", "orange", "dark"].
    def colors
      call("image.colors").first["tags"]
    end

    def to_jpeg(quality: 80) = render("jpeg", quality: quality)
    def to_png = render("png")
    def to_webp = render("webp")

    def inspect
      "#<#{self.class} #{@bytes.bytesize} bytes>"
    end

    private
      def info
        @info ||= call("image.info").first
      end

      def render(format, **options)
        call("image.render", format: format, **options).last.first
      end

      def with_step(step)
        self.class.new(@bytes, [ *@steps, step ])
      end

      def call(operation, **arguments)
        Sandbox::Host.call(operation, { steps: @steps, **arguments }, [ @bytes ])
      rescue Sandbox::Host::Error => error
        raise Error, error.message
      end
  end
end
