# frozen_string_literal: true

module SQLite3
  class Exception < ::StandardError
    # SQLite's result code: the primary one, unless the connection asked for extended ones.
    attr_reader :code

    # The SQL that could not be compiled, and the byte where it went wrong (-1 when unknown).
    attr_reader :sql, :sql_offset

    def initialize(message = nil, code: nil, sql: nil, sql_offset: -1)
      super(message)
      @code = code
      @sql = sql
      @sql_offset = sql_offset
    end

    def message
      sql ? "#{super}:\n#{marked_sql}" : super
    end

    private
      def marked_sql
        return sql.chomp if sql_offset.negative?

        remaining = sql_offset
        sql.lines.flat_map do |line|
          here = remaining.between?(0, line.length - 1)
          mark = [ "#{" " * remaining}^" ] if here
          remaining = here ? -1 : remaining - line.length
          [ line.chomp, *mark ]
        end.join("\n")
      end
  end

  # By result code, from 1 on.
  EXCEPTIONS = [
    nil, :SQLException, :InternalException, :PermissionException, :AbortException, :BusyException,
    :LockedException, :MemoryException, :ReadOnlyException, :InterruptException, :IOException,
    :CorruptException, :NotFoundException, :FullException, :CantOpenException, :ProtocolException,
    :EmptyException, :SchemaChangedException, :TooBigException, :ConstraintException,
    :MismatchException, :MisuseException, :UnsupportedException, :AuthorizationException,
    :FormatException, :RangeException, :NotADatabaseException
  ].map { |name| name && const_set(name, Class.new(Exception)) }.freeze

  # The exception for an error as the database server reports it.
  def self.exception_for(error, sql: nil, extended: false)
    primary = error.fetch("primary")
    klass = EXCEPTIONS[primary] || Exception
    klass.new(
      error.fetch("message"),
      code: extended ? error.fetch("code") : primary,
      sql: (sql if error["preparing"]),
      sql_offset: error.fetch("offset", -1)
    )
  end
end
