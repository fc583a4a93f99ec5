# frozen_string_literal: true

module Sandbox
  # Active Record connections across the life of this process.
  module Connections
    # config/database.yml's `pool`, for each of the processes that are threads here.
    module OfSeveralProcesses
      def pool = super * Connections.processes
    end

    class << self
      def install
        ActiveRecord::DatabaseConfigurations::HashConfig.prepend OfSeveralProcesses
      end

      # How many processes of Solid Queue share this one's pools.
      def processes = @processes || 1

      # On a machine each has pools of its own: here they share some that are as large as all of those.
      def share_among(processes)
        @processes = processes
        handler = ActiveRecord::Base.connection_handler
        handler.connection_pool_list(:all).each do |pool|
          owner = pool.pool_config.connection_descriptor
          handler.establish_connection(pool.db_config, owner_name: owner, role: pool.role, shard: pool.shard, clobber: true)
        end
      end

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
