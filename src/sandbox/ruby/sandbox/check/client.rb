# frozen_string_literal: true

require "rack/test"

module Sandbox
  class Check < Minitest::Test
    # +error+: what the app raised while it answered (className, message, location), or nil.
    Response = Struct.new(:status, :headers, :body, :error) do
      def location = headers["location"]
      def redirect? = (300..399).cover?(status)
    end

    # Speaks HTTP to the web process. Redirects are not followed; cookies are kept.
    class Client
      TOKEN_PAGE = "/"
      TOKEN = /<meta name="csrf-token" content="([^"]+)"|name="authenticity_token" value="([^"]+)"/
      ERROR = "x-sandbox-error"

      # Requests that were answered with 500 or more, as troubles.
      attr_reader :troubles

      def initialize
        @troubles = []
      end

      def request(method, path, headers: {}, body: nil)
        answer, blobs = Calls.call("kernel.fetch", { method: method, path: path, headers: headers.to_a }, [ body.to_s ])
        headers = answer["headers"].to_h
        response = Response.new(answer["status"], headers.except(ERROR), Text.utf8(blobs.first), error(headers[ERROR]))
        note("The request #{method} #{path}", response)
        response
      end

      def submit(method, path, params:, headers: {})
        params = params.deep_stringify_keys.merge("authenticity_token" => authenticity_token)
        body, type = encode(params)
        request(method, path, headers: headers.merge("content-type" => type), body: body)
      end

      private
        def error(header)
          header && JSON.parse(URI.decode_www_form_component(header), symbolize_names: true)
        end

        def note(subject, response)
          return unless response.status >= 500 && error = response.error

          @troubles << Trouble.new(subject, "#{error[:className]}: #{error[:message]}", error[:location])
        end

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
