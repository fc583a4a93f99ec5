# frozen_string_literal: true

module Sandbox
  # This process as the sandbox knows it: its pid, its kind, its options.
  module CurrentProcess
    class << self
      attr_reader :pid, :kind, :name, :options

      def become(info)
        @pid = $sandbox_pid = info.fetch("pid")
        @kind = info.fetch("kind")
        @name = info.fetch("name")
        @options = info.fetch("options") || {}
      end

      def at_exit_hooks
        @at_exit_hooks ||= []
      end

      def at_exit(block)
        at_exit_hooks << block
        hooks_of_forks << block if Fiber[:sandbox_fork]
      end

      # The threads that the block starts are what a fork would be (solid_queue/supervisor.rb).
      def as_fork
        Fiber[:sandbox_fork] = true
        yield
      ensure
        Fiber[:sandbox_fork] = nil
      end

      # As when the forks had called exit!
      def forget_hooks_of_forks
        at_exit_hooks.delete_if { |hook| hooks_of_forks.any? { |candidate| candidate.equal?(hook) } }
      end

      # Runs the hooks, newest first. A hook that raises is reported and does not stop the others.
      def run_at_exit_hooks
        at_exit_hooks << -> { Signals.run_exit_trap }
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

      private
        def hooks_of_forks
          @hooks_of_forks ||= []
        end
    end
  end
end

# `$$` is the operating system's word for the pid, and WASI has none.
$sandbox_pid = 0
alias $$ $sandbox_pid

module Process
  class << self
    def pid = Sandbox::CurrentProcess.pid || 0
    def ppid = 1

    # As process_kill in Ruby's signal.c. There are no process groups: a negative pid names nobody.
    def kill(signal, *pids)
      raise ArgumentError, "wrong number of arguments (given 1, expected 2+)" if pids.empty?

      raise Errno::EINVAL if signal.is_a?(Integer) && !Sandbox::Signals::NUMBERS.value?(signal)

      name = Sandbox::Signals.name_of(signal)
      pids = pids.map { |pid| pid_from(pid) }
      pids.each { |pid| send_signal(name, pid) }
      Sandbox::Signals.deliver_pending if pids.include?(self.pid)
      pids.size
    end

    private
      # 0 is the caller's process group: here the caller.
      def pid_from(pid)
        raise TypeError, "no implicit conversion of #{pid.class} into Integer" unless pid.is_a?(Integer)

        pid.zero? ? self.pid : pid
      end

      # EXIT is signal 0, which only asks whether the process is there.
      def send_signal(name, pid)
        answer = pid.positive? ? Sandbox::Host.call("kernel.kill", pid: pid, signal: (name unless name == "EXIT")).first : {}
        raise Errno::ESRCH unless answer["found"]
      end
  end
end

module Kernel
  def at_exit(&block)
    Sandbox::CurrentProcess.at_exit(block)
    block
  end
  module_function :at_exit

  def fork(*)
    raise NotImplementedError, "fork() is not available in the sandbox: processes are started from the Processes panel"
  end
  module_function :fork

  # WASI has no commands to run, and its system() claims to have run them.
  [ :system, :spawn, :exec, :` ].each do |name|
    define_method(name) do |*|
      raise NotImplementedError, "#{name} is not available in the sandbox: there is no shell and no other program to run"
    end
    module_function name
  end
end

class << IO
  def popen(*)
    raise NotImplementedError, "popen is not available in the sandbox: there is no shell and no other program to run"
  end
end

class << Process
  def spawn(...) = Kernel.spawn(...)
  def exec(...) = Kernel.exec(...)
  def fork(...) = Kernel.fork(...)
end
