# frozen_string_literal: true

module Sandbox
  APP_ROOT = "/workspace"

  # The life of a process, from its restored memory to its exit. The host evaluates `Program.run`.
  module Program
    KINDS = { "web" => "Web", "jobs" => "Jobs", "console" => "Console", "dashboard" => "Dashboard" }.freeze

    class << self
      def run
        show_warnings
        info, = Host.call("host.info")
        CurrentProcess.become(info)
        reseed
        finish(Scheduler.run { main(info) })
      end

      private
        def main(info)
          prepare(info)
          Sandbox.const_get(KINDS.fetch(CurrentProcess.kind)).new.run { Host.call("kernel.started") }
        end

        def prepare(info)
          LastLine.follow if info["followLines"]
          Files.sync
          AppConfiguration.apply
          # The host puts stored databases in place before it answers.
          Host.call("kernel.databases", databases: DatabaseSetup.describe)
          fresh = DatabaseSetup.prepare if info["prepareDatabases"]
          WarmUp.check
          Rails.application.reloader.reload!
          Rails.application.reload_routes!
          DatabaseSetup.seed if fresh # with the app's own classes, which the image does not have
          LastLine.clear
        end

        # The image was built without any (-W0), and `warn` would print nothing.
        def show_warnings
          $VERBOSE = false
          Warning[:experimental] = false
        end

        # The image's random numbers must not be every process's.
        def reseed
          Random.srand
          OpenSSL::Random.seed(Random.urandom(32)) if defined?(OpenSSL::Random)
        end

        def finish(main)
          error = main.exception
          report(error)
          status = CurrentProcess.run_at_exit_hooks || status_of(error)
          Host.call("host.exiting", signal: signal_of(error), reason: reason_for(error), error: described(error))
          Process.exit!(status)
        end

        def report(error)
          warn Text.in_app(error.is_a?(ConfigurationError) ? error.message : error.full_message(highlight: false)) if failure?(error)
        end

        def status_of(error)
          case error
          when nil then 0
          when SystemExit then error.status
          when SignalException then 128 + error.signo
          else 1
          end
        end

        def signal_of(error)
          error.signm.delete_prefix("SIG") if error.is_a?(SignalException) && !error.is_a?(Interrupt)
        end

        def reason_for(error)
          return unless failure?(error)

          Text.clip(Text.in_app(error.is_a?(ConfigurationError) ? error.message : "#{error.class.name}: #{error.message}"), 2000)
        end

        def described(error)
          Errors.describe(error).tap { |described| described[:message] = Text.in_app(described[:message]) } if failure?(error)
        end

        def failure?(error)
          error && !error.is_a?(SystemExit) && !error.is_a?(SignalException)
        end
    end
  end
end
