# frozen_string_literal: true

module Sandbox
  # What `bin/rails db:prepare` does: loads each empty database's schema, runs newer migrations, seeds.
  module DatabaseSetup
    class << self
      # True when a database was empty and wants its seeds.
      def prepare
        ActiveRecord::Schema.verbose = ActiveRecord::Migration.verbose = false
        configurations.map { |configuration| prepare_database(configuration) }.any?
      end

      def seed
        seeds = "#{APP_ROOT}/db/seeds.rb"
        load seeds if File.exist?(seeds)
      end

      # Where the databases lie, which one holds the queue, and the times (ms) of heartbeats.
      def describe
        paths = configurations.to_h { |configuration| [ configuration.name, configuration.database ] }
        {
          paths: paths, queue: ::SolidQueue::Record.connection_pool.db_config.name,
          heartbeatInterval: (::SolidQueue.process_heartbeat_interval.to_f * 1000).round,
          aliveThreshold: (::SolidQueue.process_alive_threshold.to_f * 1000).round,
          shutdownTimeout: (::SolidQueue.shutdown_timeout.to_f * 1000).round
        }
      end

      # Deletes every row of every table, and starts ids at 1 again.
      def empty
        configurations.each do |configuration|
          with_connection(configuration) do |connection|
            connection.disable_referential_integrity { empty_tables(connection) }
          end
        end
      end

      private
        def configurations
          ActiveRecord::Base.configurations.configs_for(env_name: Rails.env)
        end

        def prepare_database(configuration)
          with_connection(configuration) do |connection|
            fresh = connection.tables.empty?
            load_schema(configuration) if fresh
            migrate(connection)
            fresh
          end
        end

        def load_schema(configuration)
          schema = ActiveRecord::Tasks::DatabaseTasks.schema_dump_path(configuration)
          load schema if schema && File.exist?(schema)
        end

        def migrate(connection)
          context = connection.pool.migration_context
          context.migrate if context.needs_migration?
        end

        def empty_tables(connection)
          tables = connection.tables - [ "schema_migrations", "ar_internal_metadata" ]
          tables.each { |table| connection.execute("DELETE FROM #{connection.quote_table_name(table)}") }
          connection.execute("DELETE FROM sqlite_sequence") if connection.table_exists?("sqlite_sequence")
        end

        def with_connection(configuration, &block)
          ActiveRecord::Tasks::DatabaseTasks.with_temporary_connection(configuration, &block)
        end
    end
  end
end
