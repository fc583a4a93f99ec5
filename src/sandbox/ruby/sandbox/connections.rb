# frozen_string_literal: true

module Sandbox
  # Active Record connections across the life of this process.
  module Connections
    class << self
      # As when their process had ended: open transactions roll back and locks are free.
      def close_those_of_other_threads
        mine = ActiveSupport::IsolatedExecutionState.context
        each_connection do |connection|
          # Not through `raw_connection`: its lock may be held by a thread that never runs again.
          raw = connection.instance_variable_get(:@raw_connection)
          raw&.close if connection.in_use? && !connection.owner.equal?(mine)
        end
      end

      private
        def each_connection(&block)
          ActiveRecord::Base.connection_handler.each_connection_pool do |pool|
            pool.connections.each(&block)
          end
        end
    end
  end
end
