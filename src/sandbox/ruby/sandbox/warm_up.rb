# frozen_string_literal: true

require "digest"

module Sandbox
  # What every process would do first, done once while the image is built: the adapter's first connection,
  # the columns of Solid Queue's tables, the first enqueuing, claim and performing. Of the builder's databases
  # nothing stays; a process keeps what the image knows of the columns when its own tables are the same.
  module WarmUp
    TABLES = "SELECT sql FROM sqlite_master WHERE tbl_name LIKE 'solid\\_queue\\_%' ESCAPE '\\' ORDER BY name"

    class << self
      # Only in the first of the builder's two runs, on databases that both have: of what Rails loads for it
      # nothing is in the image.
      def prepare_databases
        loaded = $LOADED_FEATURES.dup
        DatabaseSetup.prepare
        @loaded_for_databases = $LOADED_FEATURES - loaded
      end

      def loaded_for_databases = @loaded_for_databases || []

      def run
        work_off_a_job
        @tables = read_tables
      ensure
        forget_connections
      end

      # Called once the databases are in place.
      def check
        models.each(&:reset_column_information) unless @tables == tables_now
      end

      private
        def models
          ::SolidQueue::Record.descendants.reject(&:abstract_class?).sort_by(&:name)
        end

        # The gem's own job, which runs a line of Ruby.
        def work_off_a_job
          ::SolidQueue::RecurringJob.perform_later("nil")
          ::SolidQueue::ReadyExecution.claim("*", 1, 1).each(&:perform)
          raise "The builder's job was not performed" unless ::SolidQueue::Job.last.finished?
        end

        def read_tables
          ::SolidQueue::Record.with_connection do |connection|
            Digest::SHA256.digest(connection.select_values(TABLES, "SCHEMA").join("\n"))
          end
        end

        def tables_now
          read_tables
        rescue ActiveRecord::ActiveRecordError
          nil # whoever needs the tables says what is wrong
        end

        def forget_connections
          handler = ActiveRecord::Base.connection_handler
          handler.clear_all_connections!(:all)
          handler.connection_pool_list(:all).each { |pool| pool.schema_reflection.clear! }
          ActiveSupport::IsolatedExecutionState.clear # the time zone of the job, among others
          Host.hang_up
        end
    end
  end
end
