# frozen_string_literal: true

require "net/protocol"
require "socket"

module Net
  # Mail loads it to read mailboxes, and there is no network here.
  class IMAP < Protocol
    def initialize(*, **)
      raise SocketError, "The sandbox has no network."
    end

    def self.encode_utf7(text) = text
  end
end
