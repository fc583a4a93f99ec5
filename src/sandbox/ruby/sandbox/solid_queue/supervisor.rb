# frozen_string_literal: true

module Sandbox
  module SolidQueue
    # `bin/jobs` in one process: the gem's supervisor, whose workers, dispatchers and schedulers run as
    # threads beside it instead of forks (CRuby on WASI cannot fork). Solid Queue 1.3 has this as its
    # async mode. Signals do what they do there: TERM lets jobs finish for up to
    # `SolidQueue.shutdown_timeout`, QUIT stops at once; what was not finished goes back to the queue.
    class Supervisor < ::SolidQueue::Supervisor
      # How a thread that ended unexpectedly looks to `ProcessExitError`.
      Status = Struct.new(:pid, :exitstatus) do
        def exited? = true
        def signaled? = false
        def termsig = nil
        def stopsig = nil
      end

      class << self
        # Called once all configured processes are registered.
        attr_accessor :on_started
      end

      def start
        Connections.share_among(configuration.configured_processes.size + 1)
        super
      end

      private
        def start_processes
          super
          self.class.on_started.call
        end

        # `forks` and `configured_processes` are keyed by the instance's name here. A fork has a copy of
        # the supervisor's row; with the same object its end would deregister everybody twice.
        def start_process(configured_process)
          instance = configured_process.instantiate
          instance.supervised_by ::SolidQueue::Process.find(process.id)
          CurrentProcess.as_fork { instance.start }
          configured_processes[instance.name] = configured_process
          forks[instance.name] = instance
        end

        def reap_and_replace_terminated_forks
          terminated_forks.each { |name| replace_fork(name, Status.new(::Process.pid, 1)) }
        end

        def reap_terminated_forks
          terminated_forks.each do |name|
            forks.delete(name)
            configured_processes.delete(name)
          end
        end

        def terminated_forks
          forks.reject { |_, instance| thread_of(instance)&.alive? }.keys
        end

        def term_forks
          @stopping = forks.values.map { |instance| GreenThread.new { instance.stop } }
        end

        # The gem's forks call exit! here, which no Ruby code survives; so no `ensure` runs, none of their
        # at_exit blocks either, and their connections roll back.
        def quit_forks
          Scheduler.current.abandon_others
          CurrentProcess.forget_hooks_of_forks
          forks.clear
          Connections.close_those_of_other_threads
        end

        def thread_of(instance)
          instance.instance_variable_get(:@thread)
        end
    end
  end
end
