# frozen_string_literal: true

require "net/protocol"
require "socket"

module Net
  # Mail loads it to read mailboxes, and there is no network here.
  class POP3 < Protocol
    def initialize(*)
      raise SocketError, "The sandbox has no network."
    end
  end

  POP = POP3
end
