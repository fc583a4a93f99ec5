# frozen_string_literal: true

module SQLite3
  # The version of the gem whose interface this is.
  VERSION = "2.6.0"
end
