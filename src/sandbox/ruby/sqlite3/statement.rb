# frozen_string_literal: true

module SQLite3
  # A statement with its bound values. It goes to the database server when its rows are asked for, or
  # its columns, and comes back with all of both.
  class Statement
    include Enumerable

    # Statements of which the text alone says that they have no columns and must not run early.
    SILENT = /\A\s*(?:BEGIN|COMMIT|END|ROLLBACK|SAVEPOINT|RELEASE|CREATE|DROP|ALTER|(?:INSERT|REPLACE|UPDATE|DELETE)\b(?!.*\bRETURNING\b))/im
    # Statements that change nothing, so that they may run before they are stepped.
    HARMLESS = /\A\s*(?:SELECT|VALUES|PRAGMA|EXPLAIN)\b/i

    attr_reader :sql

    def initialize(db, sql)
      raise ArgumentError, "prepare called on a closed database" if db.closed?

      @connection = db
      @sql = sql.encoding == Encoding::UTF_8 ? sql : sql.encode(Encoding::UTF_8)
      @binds = []
      @shape = nil
      reset!
    end

    def close
      must_be_open!
      @connection = @rows = nil
      self
    end

    def closed? = @connection.nil?

    # Like SQLite, keeps the values that were bound.
    def reset!
      must_be_open!
      @rows = nil
      @done = @bound = false
      self
    end

    def clear_bindings!
      must_be_open!
      @binds = []
      self
    end

    def bind_params(*values)
      must_be_open!
      index = 0
      values.flatten.each do |value|
        if value.is_a?(Hash)
          value.each { |key, named| bind_param(key, named) }
        else
          bind_param(index += 1, value)
        end
      end
      @bound = true
    end

    # +key+ is a position from 1 on, or a name with or without its colon.
    def bind_param(key, value)
      must_be_open!
      if key.is_a?(Integer) && @binds.is_a?(Array)
        @binds[key - 1] = value
      else
        bind_by_name(key, value)
      end
      @bound = true
      self
    end

    def execute(*values)
      reset! if active? || done?
      bind_params(*values) unless values.empty?
      results = @connection.build_result_set(self)
      rows if column_count.zero?
      block_given? ? yield(results) : results
    end

    def execute!(*values, &block)
      execute(*values)
      block ? each(&block) : to_a
    end

    # The next row, nil after the last.
    def step
      must_be_open!
      return if @done

      row = rows.shift
      @done = row.nil?
      row
    end

    def each
      while (row = step)
        yield row
      end
      self
    end

    # All rows that are left.
    def to_a
      must_be_open!
      return [] if @done

      @done = true
      rows.tap { @rows = [] }
    end

    def done? = @done

    def active? = !@rows.nil? && !@done

    def columns
      load_columns
      @columns
    end

    def column_count
      must_be_open!
      silent? ? 0 : columns.size
    end

    def column_name(index) = columns[index]

    def column_decltype(index) = types[index]

    # The declared types of the columns.
    def types = description.fetch("types")

    def bind_parameter_count = description.fetch("parameters")

    # The text behind the first statement.
    def remainder
      sql.byteslice(description.fetch("length")..)
    end

    # Whether the text holds no statement, only blanks or comments.
    def empty? = description.fetch("empty")

    def must_be_open!
      raise SQLite3::Exception, "cannot use a closed statement" if closed?
    end

    private
      def silent?
        @silent = SILENT.match?(@sql) if @silent.nil?
        @silent
      end

      def rows
        @rows || run
      end

      # Runs the statement, where that cannot do harm or is what the caller is about to do anyway.
      def load_columns
        must_be_open!
        return if @rows
        return @columns = [] if silent?

        if @bound || HARMLESS.match?(@sql)
          run
        else
          @columns ||= description.fetch("columns")
        end
      end

      def run
        answer, blobs = @connection.run(@sql, @binds, @shape)
        if answer.key?("columns")
          @columns = answer["columns"].map! { |name| -name }.freeze
          @shape = answer["shape"]
        end
        @rows = answer["rows"]
        Value.patch(@rows, answer["patches"], blobs) if answer.key?("patches")
        @rows
      end

      def description
        must_be_open!
        @description ||= @connection.describe(@sql)
      end

      def bind_by_name(key, value)
        @binds = @binds.each_with_index.to_h { |bound, i| [ (i + 1).to_s, bound ] } if @binds.is_a?(Array)
        name = key.is_a?(Integer) || key.start_with?(":") ? key.to_s : ":#{key}"
        @binds[name] = value
      end
  end
end
