# frozen_string_literal: true

# Stands in for the sqlite3 gem (2.x), so that Active Record's own SQLite3 adapter runs unchanged.
# SQLite itself runs in the sandbox's database server: a statement that runs is one host call.
module SQLite3
  # The error that sends people to the documentation of the gem's features that need C.
  class NotSupportedError < NotImplementedError
    def initialize(feature)
      super("SQLite3: #{feature} is not available in the sandbox")
    end
  end

  def self.sqlcipher? = false

  def self.threadsafe = 0

  def self.threadsafe? = false

  def self.const_missing(name)
    case name
    when :SQLITE_VERSION, :SQLITE_LOADED_VERSION then const_set(name, library_version)
    else super
    end
  end

  def self.libversion
    major, minor, patch = library_version.split(".").map(&:to_i)
    major * 1_000_000 + minor * 1_000 + patch
  end

  def self.library_version
    Database.open(":memory:") { |db| db.get_first_value("SELECT sqlite_version()") }
  end
  private_class_method :library_version
end

require "sqlite3/version"
require "sqlite3/constants"
require "sqlite3/errors"
require "sqlite3/fork_safety"
require "sqlite3/value"
require "sqlite3/pragmas"
require "sqlite3/resultset"
require "sqlite3/statement"
require "sqlite3/connection"
require "sqlite3/database"
