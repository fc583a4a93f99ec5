# frozen_string_literal: true

require "forwardable"

module SQLite3
  # One connection to one database, as the gem's class of this name.
  class Database
    extend Forwardable
    include Pragmas

    class << self
      # Like +new+, but with a block returns what the block returns.
      def open(*arguments)
        database = new(*arguments)
        return database unless block_given?

        begin
          yield database
        ensure
          database.close
        end
      end

      def quote(string)
        string.gsub("'", "''")
      end
    end

    attr_accessor :results_as_hash
    attr_reader :filename

    def_delegators :open_connection, :changes, :total_changes, :last_insert_row_id, :describe
    def_delegator :open_connection, :transaction?, :transaction_active?
    def_delegator :open_connection, :execute, :run
    def_delegators :open_connection, :extended_result_codes=

    # Options: +readonly+, +readwrite+ (does not create the file), +flags+, +strict+ (refuses
    # double-quoted strings), +results_as_hash+ and +default_transaction_mode+.
    def initialize(file, options = {}, _vfs = nil)
      path = file.respond_to?(:to_path) ? file.to_path : file
      mode = mode_from(options)
      @readonly = mode.anybits?(Constants::Open::READONLY)
      @results_as_hash = options[:results_as_hash]
      @default_transaction_mode = options[:default_transaction_mode] || :deferred
      @filename = path
      @connection = connect(path, mode, options)
      yield_and_close { |db| yield db } if block_given?
    end

    def close
      @connection&.close
      @connection = nil
      self
    end

    def closed? = @connection.nil?

    def readonly? = @readonly

    # Always UTF-8 here: SQLite is built without UTF-16.
    def encoding = Encoding::UTF_8

    def prepare(sql)
      statement = Statement.new(self, sql)
      return statement unless block_given?

      begin
        yield statement
      ensure
        statement.close unless statement.closed?
      end
    end

    def execute(sql, binds = [], &block)
      prepare(sql) do |statement|
        statement.bind_params(binds)
        results = build_result_set(statement)
        block ? results.each(&block) : results.to_a.freeze
      end
    end

    # The same with the column names as the first row.
    def execute2(sql, *binds)
      prepare(sql) do |statement|
        rows = [ statement.execute(*binds).columns, *statement.to_a ]
        block_given? ? rows.each { |row| yield row } : rows
      end
    end

    # Runs every statement of the text. Those with as many parameters as there are values get them.
    def execute_batch(sql, binds = [])
      result = nil
      until (sql = sql.strip).empty?
        prepare(sql) do |statement|
          statement.bind_params(binds) if binds.size == statement.bind_parameter_count
          sql = statement.remainder
          result = statement.step unless statement.empty?
        end
      end
      result
    end

    # Runs every statement of the text in one host call. Unlike the gem's, it returns no rows.
    def execute_batch2(sql)
      open_connection.batch(sql)
      []
    end

    def query(sql, binds = [])
      results = prepare(sql).execute(binds)
      return results unless block_given?

      begin
        yield results
      ensure
        results.close
      end
    end

    def get_first_row(sql, *binds)
      execute(sql, *binds).first
    end

    def get_first_value(sql, *binds)
      prepare(sql) do |statement|
        statement.bind_params(*binds)
        statement.step&.first
      end
    end

    # Without a block, the caller ends the transaction with #commit or #rollback.
    def transaction(mode = @default_transaction_mode)
      execute "begin #{mode} transaction"
      return true unless block_given?

      begin
        result = yield self
        committed = true
        commit
        result
      ensure
        rollback unless committed
      end
    end

    def commit
      execute "commit transaction"
      true
    end

    def rollback
      execute "rollback transaction"
      true
    end

    def busy_timeout=(milliseconds)
      open_connection.busy_timeout = milliseconds
    end
    alias_method :busy_timeout, :busy_timeout=
    alias_method :busy_handler_timeout=, :busy_timeout=

    def busy_handler(handler = nil, &block)
      open_connection.busy_handler = handler || block
      self
    end

    def build_result_set(statement)
      (results_as_hash ? HashResultSet : ResultSet).new(self, statement)
    end

    # What the gem does with callbacks from C into Ruby.
    %i[
      authorizer collation create_aggregate create_aggregate_handler create_function define_aggregator
      define_function define_function_with_flags enable_load_extension load_extension trace
    ].each do |name|
      define_method(name) { |*| raise NotSupportedError, name }
    end

    private
      def open_connection
        @connection || raise(SQLite3::Exception, "cannot use a closed database")
      end

      def mode_from(options)
        given = options.values_at(:readonly, :readwrite, :flags).count(&:itself)
        raise "conflicting options: only one of readonly, readwrite and flags" if given > 1

        return Constants::Open::READONLY if options[:readonly]
        return Constants::Open::READWRITE if options[:readwrite]

        options[:flags] || (Constants::Open::READWRITE | Constants::Open::CREATE)
      end

      def connect(path, mode, options)
        Connection.new(
          path.encode(Encoding::UTF_8),
          readonly: readonly?,
          create: mode.anybits?(Constants::Open::CREATE),
          strict: options[:strict] ? true : false
        )
      end

      def yield_and_close
        yield self
      ensure
        close
      end
  end
end
