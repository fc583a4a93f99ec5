# frozen_string_literal: true

module Sandbox
  # Active Record connections across the life of this process.
  module Connections
    class << self
      # As when their process had ended: open transactions roll back and locks are free.
      def close_those_of_other_threads
        mine = ActiveSupport::IsolatedExecutionState.context
        each_connection do |connection|
          connection.raw_connection.close if connection.in_use? && !connection.owner.equal?(mine)
        rescue StandardError
          nil
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
