# frozen_string_literal: true

module Sandbox
  # What could stand at the end of a line at the console's prompt, and whether an entry is whole.
  # Looks names up and calls nothing of the learner's: before a dot only a variable, a constant or a
  # plain literal has a known value, and anything else has no candidates.
  module Completion
    LIMIT = 80
    CONSTANT_PATH = /(?:::)?[A-Z]\w*(?:::[A-Z]\w*)*/
    RECEIVER = /#{CONSTANT_PATH}|@?[a-z_]\w*|"[^"]*"|'[^']*'|\d+(?:\.\d+)?|:\w+/
    AFTER_DOT = /(?<![\w.:@\])}"'])(?<receiver>#{RECEIVER})&?\.(?<word>[a-z_]?\w*[?!]?)\z/
    AFTER_COLONS = /(?<![\w.])(?<receiver>#{CONSTANT_PATH})::(?<word>\w*)\z/
    CONSTANT = /(?<![\w.:])(?<word>[A-Z]\w*)\z/
    NAME = /(?<![\w.:@$])(?<word>@?[a-z_]\w*[?!]?)\z/
    KEYWORDS = %w[ begin class def do else elsif end ensure false if module nil rescue return self true unless until while yield ].freeze
    LITERALS = { /\A["']/ => String, /\A\d+\z/ => Integer, /\A\d+\./ => Float, /\A:/ => Symbol }.freeze
    # A learner's object may redefine it.
    PUBLIC_METHODS = ::Kernel.instance_method(:public_methods)

    # An end where more could follow (Ruby 3.3's messages).
    UNFINISHED = /unexpected end-of-input|unterminated|anywhere before EOF|meets end of file/

    class << self
      # +code+: what stands before the cursor. Candidates replace its last +length+ characters.
      def of(code, binding)
        word, names = look_up(code, binding)
        names = names.map(&:to_s).select { |name| name.start_with?(word) }.uniq
        { candidates: names.first(LIMIT), length: word.length }
      rescue NameError, LoadError, SyntaxError
        { candidates: [], length: 0 }
      end

      def whole?(code)
        verbose, $VERBOSE = $VERBOSE, nil
        RubyVM::InstructionSequence.compile(code)
        true
      rescue SyntaxError => error
        !Text.utf8(error.message).match?(UNFINISHED)
      ensure
        $VERBOSE = verbose
      end

      private
        def look_up(code, binding)
          case code
          when AFTER_DOT then [ $~[:word], methods_of(*value_of($~[:receiver], binding)) ]
          when AFTER_COLONS then [ $~[:word], constants_of(Object.const_get($~[:receiver])) ]
          when CONSTANT then [ $~[:word], constants ]
          when NAME then [ $~[:word], names(binding) ]
          else [ "", [] ]
          end
        end

        # The value in an Array, or the instance methods of its class; nothing where it is unknown.
        def value_of(receiver, binding)
          if literal = LITERALS.keys.find { |pattern| receiver.match?(pattern) }
            [ nil, LITERALS.fetch(literal) ]
          elsif receiver.match?(/\A(?:::)?[A-Z]/)
            [ Object.const_get(receiver) ]
          elsif receiver.start_with?("@")
            [ binding.receiver.instance_variable_get(receiver) ]
          elsif binding.local_variable_defined?(receiver)
            [ binding.local_variable_get(receiver) ]
          else
            [ nil, BasicObject ]
          end
        end

        def methods_of(value, of_class = nil)
          return of_class.public_instance_methods.sort if of_class

          own = PUBLIC_METHODS.bind_call(value, false)
          own.sort + (PUBLIC_METHODS.bind_call(value) - own).sort
        end

        def constants_of(mod)
          mod.is_a?(Module) ? mod.constants.sort + methods_of(mod) : []
        end

        # Rails loads a class when it is named: those that are not loaded are known by their files.
        def constants
          files = Rails.autoloaders.main.all_expected_cpaths.values
          (files.grep_v(/::/) + Object.constants).sort_by(&:to_s)
        end

        def names(binding)
          binding.local_variables.reject { |name| name == :_ } + binding.receiver.instance_variables +
            KEYWORDS + binding.receiver.private_methods(false) + Kernel.private_instance_methods(false).sort
        end
    end
  end
end
