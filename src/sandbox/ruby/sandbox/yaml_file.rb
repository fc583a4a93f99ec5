# frozen_string_literal: true

require "erb"
require "yaml"

module Sandbox
  # What is wrong in a file of the configuration, as a sentence that begins with the file and the line.
  class ConfigurationError < StandardError
    # path (relative to the app) and line; nil when no line is known
    attr_reader :place

    def initialize(message, place = nil)
      @place = place
      super(message)
    end
  end

  # A YAML file of the app with the lines of what it says: Rails and Solid Queue fail deep inside, and
  # without a word about the file, where a learner has written something of another kind than they expect.
  class YamlFile
    attr_reader :path

    def initialize(path)
      @path = path
    end

    # The section for this environment, or the whole where there is none (as Solid Queue reads its files), as
    # plain values with string keys. Raises ConfigurationError for what is no YAML, or no mapping; with +required+
    # also where there is no such section.
    def section(required: false)
      whole = File.exist?("#{APP_ROOT}/#{path}") ? YAML.unsafe_load(source) || {} : {}
      require_hash(whole, [])
      fail_at nil, "it has no section #{Rails.env}" if required && whole[Rails.env].nil?
      @prefix = whole[Rails.env] ? [ Rails.env ] : []
      (whole[Rails.env] || whole).tap { |section| require_hash(section, []) }
    rescue Psych::SyntaxError => error
      fail_at error.line, "YAML cannot read this: #{[ error.problem, error.context ].compact.join(" ")}. " \
        "Indent with spaces, never with tabs, and close what you open"
    rescue Psych::Exception => error
      fail_at nil, "YAML cannot read this: #{error.message}"
    end

    # Raises ConfigurationError unless the block says that the value is right.
    def expect(value, keys, expected)
      return if yield

      what = keys.last.is_a?(String) ? keys.last : "this entry"
      fail_at line_of(keys), "#{what} must be #{expected}, and is #{kind_of(value)}"
    end

    def require_hash(value, keys)
      what = keys.empty? ? "settings, written as key: value" : "a group of settings, written as key: value"
      return if value.is_a?(Hash)

      fail_at line_of(keys), "#{subject(keys)} must hold #{what}, and is #{kind_of(value)}"
    end

    def require_list(value, keys)
      return if value.is_a?(Array)

      fail_at line_of(keys), "#{subject(keys)} must be a list, each entry on a line with a dash (-), and is #{kind_of(value)}"
    end

    # Says something that ends nothing.
    def warn_at(keys, sentence)
      warn "#{head(line_of(keys))}: #{sentence}"
    end

    def fail_at(line, sentence)
      raise ConfigurationError.new("#{head(line)}: #{sentence}. Change it and start the process again.", line && { path: path, line: line })
    end

    # Where the value at these keys (below the section) begins: of its key, or of the entry of a list.
    def line_of(keys)
      line = nil
      return unless node = Psych.parse(source)&.root

      anchored = node.grep_v(Psych::Nodes::Alias).select { |one| one.respond_to?(:anchor) && one.anchor }
      anchors = anchored.to_h { |one| [ one.anchor, one ] }
      [ *@prefix, *keys ].each do |key|
        place, node = child(node, key, anchors)
        break unless place

        line = place.start_line + 1
      end
      line
    rescue Psych::SyntaxError
      nil
    end

    private
      def source
        @source ||= begin
          text = Text.utf8(File.read("#{APP_ROOT}/#{path}"))
          text.include?("<%") ? rendered(text) : text
        end
      end

      def rendered(text)
        ERB.new(text).tap { |erb| erb.filename = path }.result
      rescue StandardError, ScriptError => error
        frame = [ *error.backtrace, error.message ].grep(/\A#{Regexp.escape(path)}:(\d+)/).first
        line = frame && frame[/:(\d+)/, 1].to_i
        fail_at line, "the Ruby between <% and %> raised #{error.class}: #{error.message.lines.first.to_s.chomp}"
      end

      def child(node, key, anchors)
        node = anchors[node.anchor] if node.is_a?(Psych::Nodes::Alias)
        case node
        when Psych::Nodes::Sequence then [ node.children[key], node.children[key] ] if key.is_a?(Integer)
        when Psych::Nodes::Mapping
          pairs = node.children.each_slice(2)
          pairs.find { |name, _| value_of(name) == key } ||
            pairs.lazy.select { |name, _| value_of(name) == "<<" }.filter_map { |_, merged| child(merged, key, anchors) }.first
        end
      end

      def value_of(node) = node.respond_to?(:value) ? node.value : nil

      def subject(keys)
        keys.last.is_a?(String) ? keys.last : keys.empty? ? "this file" : "this entry"
      end

      def head(line)
        line ? "#{path}, line #{line}" : path
      end

      def kind_of(value)
        case value
        when nil then "empty"
        when Hash then "a group of settings"
        when Array then "a list"
        else value.inspect
        end
      end
  end
end
