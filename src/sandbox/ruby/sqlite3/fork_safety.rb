# frozen_string_literal: true

module SQLite3
  # Processes here are never forked with an open connection.
  module ForkSafety
    def self.suppress_warnings! = nil
  end
end
