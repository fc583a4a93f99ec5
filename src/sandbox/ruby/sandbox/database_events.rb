# frozen_string_literal: true

module Sandbox
  # Where in the app something happens: for events that lead from a line of code to a job.
  module Origin
    APP_FILES = "#{APP_ROOT}/"

    class << self
      # The request that is answered, the row of the job that is performed and its Active Job id, the app's
      # transaction that is open (told before it is named), and the line of the app's code; each nil where
      # there is none.
      def now(connection = ActiveRecord::Base.connection_pool.active_connection)
        { requestId: Fiber[:sandbox_request_id], jobId: Fiber[:sandbox_job_row],
          activeJobId: Fiber[:sandbox_active_job_id], transaction: TransactionEvents.announce(connection), location: location }
      end

      # The innermost frame in the app's own files.
      def location
        Thread.each_caller_location do |frame|
          path = frame.path
          return { path: path.delete_prefix(APP_FILES), line: frame.lineno } if path&.start_with?(APP_FILES)
        end
        nil
      end
    end
  end

  # *.active_record: activerecord-8.0.2/lib/active_record/connection_adapters/abstract/transaction.rb
  # Rails sends BEGIN with the first statement of a transaction, and tells of it after it was sent; so what
  # is told here is what SQLite did. A transaction that never touched a table of the app, nor enqueued
  # within the app's database, is not told: the queue's own are many, and the jobs' events tell of them.
  module TransactionEvents
    Open = Struct.new(:id, :database, :savepoint, :told)

    class << self
      def subscribe
        Events.on("start_transaction.active_record") { |_, payload| opened(payload) }
        Events.on("transaction.active_record") { |_, payload| ended(payload) }
      end

      # Tells, once, that the connection's transaction and the savepoints within it are open. Returns the
      # transaction's id; nil where none is open.
      def announce(connection)
        stack = open[connection] || return
        stack.each do |entry|
          next if entry.told

          entry.told = true
          Events.emit entry.savepoint ? "savepoint.opened" : "transaction.opened", **fields(entry, stack)
        end
        stack.first.id
      end

      private
        # Transactions and the savepoints within them, outermost first, by connection.
        def open
          @open ||= {}.compare_by_identity
        end

        def opened(payload)
          connection = payload[:connection]
          return if connection.pool.db_config.name == "queue"

          stack = open[connection] ||= []
          savepoint = "#{stack.first.id}/#{stack.size}" if stack.any?
          stack << Open.new(payload[:transaction].uuid || Random.uuid, connection.pool.db_config.name, savepoint)
        end

        # A transaction that Rails restarts was rolled back, and is opened again.
        def ended(payload)
          stack = open[payload[:connection]] || return
          entry = stack.pop
          open.delete(payload[:connection]) if stack.empty?
          Events.emit outcome(entry, payload), **fields(entry, stack) if entry.told
        end

        def outcome(entry, payload)
          committed = payload[:outcome] == :commit
          return committed ? "savepoint.released" : "savepoint.rolledBack" if entry.savepoint

          committed ? "transaction.committed" : "transaction.rolledBack"
        end

        def fields(entry, stack)
          { transaction: (stack.first || entry).id, savepoint: entry.savepoint, database: entry.database }.compact
        end
    end
  end

  # sql.active_record: statements on the app's own tables.
  module StatementEvents
    # `SELECT 1 AS one FROM "photos"`, `INSERT INTO "photos"`, `UPDATE "photos"`, `DELETE FROM "photos"`
    PATTERN = /\A\s*(?<operation>SELECT|INSERT|UPDATE|DELETE)\b.*?(?<=\bFROM|\bINTO|UPDATE)\s+["`\[]?(?<table>\w+)/im
    NOT_THE_APPS = /\A(?:solid_queue_|sqlite_|ar_internal_metadata|schema_migrations)/
    OTHER_NAMES = [ "SCHEMA", "TRANSACTION", "EXPLAIN" ].freeze
    # More ids than these are not told.
    IDS = 20

    class << self
      # Started and finished by the monotonic clock, in seconds: cheaper than an Event, which also measures
      # memory, and this is called for each of the queue's own statements too.
      def subscribe
        ActiveSupport::Notifications.monotonic_subscribe("sql.active_record") do |_, started, finished, _, payload|
          told(payload, (finished - started) * 1000)
        end
      end

      private
        def told(payload, duration)
          connection = payload[:connection]
          return if payload[:cached] || payload[:exception] || OTHER_NAMES.include?(payload[:name])
          return if connection.nil? || connection.pool.db_config.name == "queue"

          match = PATTERN.match(payload[:sql])
          return if match.nil? || NOT_THE_APPS.match?(match[:table])

          emit(match[:operation].downcase, match[:table], payload, duration)
        end

        def emit(operation, table, payload, duration)
          count = row_count(operation, payload)
          Events.emit "statement", operation: operation, table: table,
            database: payload[:connection].pool.db_config.name, rowCount: count,
            ids: ids(operation, table, count, payload), duration: duration.round(3),
            origin: Origin.now(payload[:connection])
        end

        # Rails 8.0 counts the rows that came back; those that were written only SQLite's connection knows.
        def row_count(operation, payload)
          operation == "select" ? payload[:row_count] : raw(payload).changes
        end

        # The row's id where the statement names it, or where SQLite has just given it.
        def ids(operation, table, count, payload)
          return count == 1 ? [ raw(payload).last_insert_row_id ] : nil if operation == "insert"
          return unless payload[:sql].include?(%("#{table}"."id"))

          named = Array(payload[:binds]).filter_map { |bind| bind.value_for_database if id?(bind) }
          named.any? && named.size <= IDS ? named : nil
        end

        def id?(bind)
          bind.respond_to?(:name) && bind.name == "id"
        end

        def raw(payload)
          payload[:connection].instance_variable_get(:@raw_connection)
        end
    end
  end
end
