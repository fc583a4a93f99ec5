# frozen_string_literal: true

require "rack/test"

module Sandbox
  class Check < Minitest::Test
    Response = Struct.new(:status, :headers, :body) do
      def location = headers["location"]
      def redirect? = (300..399).cover?(status)
    end

    # Speaks HTTP to the web process. Redirects are not followed; cookies are kept.
    class Client
      TOKEN_PAGE = "/"
      TOKEN = /<meta name="csrf-token" content="([^"]+)"|name="authenticity_token" value="([^"]+)"/

      def request(method, path, headers: {}, body: nil)
        answer, blobs = Host.call("kernel.fetch", { method: method, path: path, headers: headers.to_a }, [ body.to_s ])
        Response.new(answer["status"], answer["headers"].to_h, Text.utf8(blobs.first))
      end

      def submit(method, path, params:, headers: {})
        params = params.deep_stringify_keys.merge("authenticity_token" => authenticity_token)
        body, type = encode(params)
        request(method, path, headers: headers.merge("content-type" => type), body: body)
      end

      private
        def authenticity_token
          request("GET", TOKEN_PAGE).body[TOKEN] && CGI.unescapeHTML($1 || $2)
        end

        def encode(params)
          if multipart = Rack::Test::Utils.build_multipart(params)
            [ multipart, "multipart/form-data; boundary=#{Rack::Test::MULTIPART_BOUNDARY}" ]
          else
            [ Rack::Test::Utils.build_nested_query(params), "application/x-www-form-urlencoded" ]
          end
        end
    end
  end
end
