# frozen_string_literal: true

module Sandbox
  # Text on its way to the page: valid UTF-8 of bounded length.
  module Text
    class << self
      def clip(text, limit)
        text = utf8(text)
        text.length > limit ? "#{text[0, limit]}… (#{text.length - limit} characters more)" : text
      end

      # Paths of the app's files relative to the app, as the editor shows them.
      def in_app(text)
        utf8(text).gsub("#{APP_ROOT}/", "")
      end

      def utf8(text)
        text = text.to_s
        text = text.dup.force_encoding(Encoding::UTF_8) if text.encoding == Encoding::BINARY
        text.encode(Encoding::UTF_8, invalid: :replace, undef: :replace).scrub
      end
    end
  end
end
