# frozen_string_literal: true

require "fileutils"

module Sandbox
  # The files that came inside the wasm (gems and Ruby's own library) lie in its memory for ever. The
  # builder asks for them here, so that it can find and drop those that nobody reads again.
  module PackedFiles
    COPY = "/packed"
    ROOTS = "{/bundle,/usr,/rails-vm}/**/*"

    class << self
      # Copies every packed file to COPY, outside the memory; returns the paths of code that the image
      # has loaded.
      def copy
        paths.each do |path|
          target = "#{COPY}#{path}"
          FileUtils.mkdir_p(File.dirname(target))
          File.binwrite(target, File.binread(path))
        end
        $LOADED_FEATURES - WarmUp.loaded_for_databases
      end

      private
        def paths
          Dir.glob(ROOTS, File::FNM_DOTMATCH).select { |path| File.file?(path) }
        end
    end
  end
end
