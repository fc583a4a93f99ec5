# frozen_string_literal: true

module Sandbox
  # The app's files change on the outside, when the learner edits them. Rails asks its file watcher
  # before each request and each job whether to reload; we fetch what changed just then.
  module Files
    class << self
      # Paths (relative to the app) by the version in which they last changed.
      def changes
        @changes ||= {}
      end

      def version
        @version ||= 0
      end

      # Brings this process's files up to date.
      def sync
        answer, = Host.call("host.files", since: version)
        return if answer["version"] == version

        @version = answer["version"]
        answer["paths"].each { |path| changes[path] = @version }
      end

      # For code that runs outside of requests and jobs, where Rails does not look by itself.
      def reload_if_changed
        reloader = Rails.application.reloader
        reloader.reload! if reloader.check!
      end

      # Called before Rails drops the classes it has loaded.
      def announce_reload
        AppConfiguration.add_autoload_directories
        paths = @announced ? changed_since(@announced) : [] # the first time nothing was loaded yet
        @announced = version
        Events.emit "code.reloaded", paths: paths if paths.any?
      end

      def changed_since(version)
        changes.select { |_, changed| changed > version }.keys
      end
    end
  end

  # Takes the place of ActiveSupport::FileUpdateChecker (config.file_watcher), whose clock is the files' mtimes.
  class FileWatcher
    def initialize(files, directories = {}, &block)
      @files = Array(files).map { |file| relative(file) }
      @directories = directories.to_h { |path, extensions| [ relative(path), Array(extensions).map(&:to_s) ] }
      @block = block
      @version = Files.version
    end

    def updated?
      Files.sync
      Files.changed_since(@version).any? { |path| watches?(path) }
    end

    # What fails (a file whose name is no constant) is tried again the next time, and not
    # taken for done: the error would show once, and then half of the app would be missing.
    def execute
      version = Files.version
      @block&.call
      @version = version
    end

    def execute_if_updated
      return false unless updated?

      yield if block_given?
      execute
      true
    end

    private
      def watches?(path)
        @files.include?(path) || new_code?(path) || @directories.any? do |directory, extensions|
          path.start_with?("#{directory}/") && (extensions.empty? || extensions.include?(File.extname(path).delete(".")))
        end
      end

      # Code below app/ in a directory that was not there when Rails booted.
      def new_code?(path)
        @directories.key?("app/models") && path.match?(%r{\Aapp/.+\.rb\z})
      end

      def relative(path)
        path.to_s.delete_prefix("#{APP_ROOT}/")
      end
  end
end
