# frozen_string_literal: true

# There are no sockets here. What libraries ask of this one without opening a connection.
class BasicSocket
  def initialize(*)
    raise NotImplementedError, "The sandbox has no network."
  end
end

class Socket < BasicSocket
  AF_UNSPEC = 0
  AF_INET = 2
  AF_INET6 = 10

  # A new string each time: Solid Queue changes its encoding.
  def self.gethostname = +"sandbox"
end

class IPSocket < BasicSocket
  def self.getaddress(*) = raise(NotImplementedError, "The sandbox has no network.")
end

class TCPSocket < IPSocket
end

class TCPServer < TCPSocket
end

class UDPSocket < IPSocket
end

class UNIXSocket < BasicSocket
end

class UNIXServer < UNIXSocket
end

class SocketError < StandardError
end unless defined?(SocketError)
