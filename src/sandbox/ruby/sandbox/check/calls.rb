# frozen_string_literal: true

module Sandbox
  class Check < Minitest::Test
    # What a check asks of the sandbox around it (src/sandbox/local/checks.ts).
    module Calls
      class << self
        # As Host.call. Raises Hung once the time of the test is over.
        def call(op, args = {}, blobs = Host::NO_BLOBS)
          body, blobs = Host.call(op, args, blobs)
          hung = body["hung"]
          raise Hung.new(hung["message"], hung["location"]) if hung

          [ body, blobs ]
        end
      end
    end
  end
end
