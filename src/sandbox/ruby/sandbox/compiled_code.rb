# frozen_string_literal: true

require "fileutils"

module Sandbox
  # The boot image is built twice. The first time every file that is loaded is also kept as compiled
  # code; the second time the compiled code is loaded. So the image holds no trace of Ruby's parser, which
  # takes more memory than all of Rails (1.5 MB of mail's address parser alone leave 90 MB behind).
  module CompiledCode
    DIRECTORY = "/compiled"

    class << self
      def record
        answer_load_iseq { |path| compile_and_keep(path) }
      end

      def replay
        answer_load_iseq { |path| load_kept(path) }
      end

      # From now on files are compiled as usual.
      def stop
        RubyVM::InstructionSequence.singleton_class.remove_method(:load_iseq)
      end

      private
        # Ruby asks `load_iseq` for the code of each file that it loads (as bootsnap has it do).
        def answer_load_iseq(&block)
          RubyVM::InstructionSequence.define_singleton_method(:load_iseq) { |path| block.call(path) }
        end

        def compile_and_keep(path)
          code = RubyVM::InstructionSequence.compile_file(path)
          target = "#{DIRECTORY}#{path}"
          FileUtils.mkdir_p(File.dirname(target))
          File.binwrite(target, code.to_binary)
          code
        rescue SyntaxError, SystemCallError
          nil # Ruby says itself what is wrong
        end

        def load_kept(path)
          kept = "#{DIRECTORY}#{path}"
          RubyVM::InstructionSequence.load_from_binary(File.binread(kept)) if File.exist?(kept)
        end
    end
  end
end
