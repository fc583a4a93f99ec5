# frozen_string_literal: true

module Sandbox
  class GreenThread
    # `thread[:name]`, and variables of the thread. They are the same here for all Fibers of the thread.
    module Variables
      def [](key) = locals[key.to_sym]
      def []=(key, value)
        locals[key.to_sym] = value
      end
      def key?(key) = locals.key?(key.to_sym)
      def keys = locals.keys
      def fetch(key, ...) = locals.fetch(key.to_sym, ...)

      def thread_variable_get(key) = variables[key.to_sym]
      def thread_variable_set(key, value) = variables[key.to_sym] = value
      def thread_variable?(key) = variables.key?(key.to_sym)
      def thread_variables = variables.keys

      private
        def locals = @locals ||= {}
        def variables = @variables ||= {}
    end
  end
end
