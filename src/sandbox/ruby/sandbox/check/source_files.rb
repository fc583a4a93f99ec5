# frozen_string_literal: true

module Sandbox
  class Check < Minitest::Test
    # The app's Ruby files as the learner left them.
    module SourceFiles
      class << self
        # Raises SyntaxError for the first file that Ruby cannot read.
        def require_readable
          Dir.glob("#{APP_ROOT}/{app,config,db,lib}/**/*.rb").sort.each do |path|
            RubyVM::InstructionSequence.compile(File.read(path), path, path)
          end
        end
      end
    end
  end
end
