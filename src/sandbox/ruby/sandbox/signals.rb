# frozen_string_literal: true

module Sandbox
  # Signals as Ruby knows them: `trap`, the default actions, and delivery to the main thread.
  # The sandbox raises them (src/sandbox/control.ts); they are seen where a process waits or calls its host.
  module Signals
    NUMBERS = { "INT" => 2, "QUIT" => 3, "KILL" => 9, "TERM" => 15 }.freeze
    DEFAULTS = [ "DEFAULT", "SIG_DFL", nil ].freeze
    IGNORES = [ "IGNORE", "SIG_IGN", "" ].freeze

    class << self
      def trap(signal, command = nil, &block)
        name = name_of(signal)
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

      def name_of(signal)
        name = signal.is_a?(Integer) ? NUMBERS.key(signal) : signal.to_s.delete_prefix("SIG")
        NUMBERS.key?(name) || name == "EXIT" ? name : raise(ArgumentError, "unsupported signal 'SIG#{name}'")
      end

      private
        def handlers
          @handlers ||= {}
        end

        def handle(name)
          case handler = handlers[name]
          when *IGNORES then nil
          when *DEFAULTS then GreenThread.main.raise(exception_for(name))
          when "EXIT" then GreenThread.main.raise(SystemExit)
          # A thread of its own: a handler may wait, and the thread that runs now may hold a lock.
          else GreenThread.new { handler.call(NUMBERS.fetch(name)) }
          end
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
  end
end
