# frozen_string_literal: true

module Sandbox
  # This process as the sandbox knows it: its pid, its kind, its options.
  module CurrentProcess
    class << self
      attr_reader :pid, :kind, :name, :options

      def become(info)
        @pid = info.fetch("pid")
        @kind = info.fetch("kind")
        @name = info.fetch("name")
        @options = info.fetch("options") || {}
      end

      def at_exit_hooks
        @at_exit_hooks ||= []
      end

      # Runs the hooks, newest first. A hook that raises is reported and does not stop the others.
      def run_at_exit_hooks
        while hook = at_exit_hooks.pop
          begin
            hook.call
          rescue SystemExit => exit
            status = exit.status
          rescue Exception => error # rubocop:disable Lint/RescueException
            warn error.full_message(highlight: false)
            status = 1
          end
        end
        status
      end
    end
  end
end

module Process
  class << self
    def pid = Sandbox::CurrentProcess.pid || 0
    def ppid = 1

    def kill(signal, *pids)
      check_only = signal == 0
      pids.each do |pid|
        name = check_only ? nil : Sandbox::Signals.name_of(signal)
        found = Sandbox::Host.call("kernel.kill", pid: pid, signal: name).first["found"]
        raise Errno::ESRCH unless found
      end
      Sandbox::Signals.deliver_pending if pids.include?(pid)
      pids.size
    end
  end
end

module Kernel
  def at_exit(&block)
    Sandbox::CurrentProcess.at_exit_hooks << block
    block
  end
  module_function :at_exit

  def fork(*)
    raise NotImplementedError, "fork() is not available in the sandbox: processes are started from the Processes panel"
  end
  module_function :fork
end
