# frozen_string_literal: true

module Sandbox
  # Signals as Ruby knows them: `trap`, the default actions, and delivery to the main thread.
  # The sandbox raises them (src/sandbox/control.ts); they are seen where a process waits or calls its host.
  module Signals
    NUMBERS = { "EXIT" => 0, "INT" => 2, "QUIT" => 3, "KILL" => 9, "TERM" => 15 }.freeze
    DEFAULTS = [ "DEFAULT", "SIG_DFL", nil ].freeze
    IGNORES = [ "IGNORE", "SIG_IGN", "" ].freeze

    class << self
      def trap(signal, command = nil, &block)
        name = name_of(signal)
        raise Errno::EINVAL, "SIGKILL" if name == "KILL"

        previous = handlers.fetch(name, "DEFAULT")
        handlers[name] = command.is_a?(Symbol) ? command.to_s : (command || block)
        previous
      end

      def deliver_pending
        deliver(Host.call("host.signals").first["signals"])
      end

      def deliver(names)
        names.each { |name| handle(name) }
      end

      # What a process does about a signal that nobody has trapped, instead of ending. The block gets what would be raised.
      def by_default(signal, &block)
        defaults[signal] = block
      end

      # The block of `trap("EXIT")` runs before the at_exit blocks.
      def run_exit_trap
        handler = handlers.delete("EXIT")
        handler.call(0) if handler.respond_to?(:call)
      end

      # As in signal.c: a name with or without SIG, or a number. Raises ArgumentError for one that the sandbox does not have.
      def name_of(signal)
        case signal
        when Integer then NUMBERS.key(signal) || raise(ArgumentError, "invalid signal number (#{signal})")
        when String, Symbol then known_name(signal.to_s.delete_prefix("SIG"))
        else raise ArgumentError, "bad signal type #{signal.class}"
        end
      end

      private
        def known_name(name)
          return name if NUMBERS.key?(name)

          raise ArgumentError, "unsupported signal `SIG#{name}' (the sandbox has #{NUMBERS.keys.join(", ")})"
        end

        def defaults
          @defaults ||= {}
        end

        def handlers
          @handlers ||= {}
        end

        def handle(name)
          case handler = handlers[name]
          when *IGNORES then live_on(name)
          when *DEFAULTS then act_by_default(name)
          when "EXIT" then GreenThread.main.raise(SystemExit)
          # A thread of its own: a handler may wait, and the thread that runs now may hold a lock.
          else GreenThread.new { run_handler(handler, name) }
          end
        end

        def act_by_default(name)
          defaults[name] ? defaults[name].call(exception_for(name)) : GreenThread.main.raise(exception_for(name))
        end

        def run_handler(handler, name)
          handler.call(NUMBERS.fetch(name))
          live_on(name) if own?(handler)
        end

        # The app's own handler, not one of the gems': Solid Queue's return at once, and the process ends later.
        def own?(handler)
          handler.respond_to?(:source_location) && handler.source_location&.first.to_s.start_with?(APP_ROOT, "(console)")
        end

        # The sandbox takes a process that was sent TERM or QUIT for `stopping`; this one goes on.
        def live_on(name)
          Host.call "kernel.lives_on" unless name == "INT"
        end

        def exception_for(name)
          name == "INT" ? Interrupt.new : SignalException.new("SIG#{name}")
        end
    end
  end
end

module Kernel
  def trap(...) = Sandbox::Signals.trap(...)
  module_function :trap
end

module Signal
  class << self
    def trap(...) = Sandbox::Signals.trap(...)
    def list = Sandbox::Signals::NUMBERS.dup
    def signame(number) = Sandbox::Signals::NUMBERS.key(number)
  end
end
