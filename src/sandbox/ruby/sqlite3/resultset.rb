# frozen_string_literal: true

module SQLite3
  # The rows of a statement, one by one.
  class ResultSet
    include Enumerable

    def initialize(db, statement)
      @db = db
      @statement = statement
    end

    def reset(*bind_params)
      @statement.reset!
      @statement.bind_params(*bind_params)
      @eof = false
    end

    def eof? = @statement.done?

    def next = @statement.step

    def each
      while (row = self.next)
        yield row
      end
      self
    end

    def each_hash
      while (row = next_hash)
        yield row
      end
      self
    end

    def next_hash
      row = @statement.step
      row && columns.zip(row).to_h
    end

    def close = @statement.close

    def closed? = @statement.closed?

    def columns = @statement.columns

    def types = @statement.types
  end

  # The same with each row as a Hash by column name.
  class HashResultSet < ResultSet
    alias_method :next, :next_hash
  end
end
