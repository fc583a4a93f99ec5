# frozen_string_literal: true

require "stringio"

module Sandbox
  # The web process: takes requests from the page one after the other, as a one-thread Puma does.
  class Web
    ERROR = "sandbox.error"

    # Rails answers with an error page; who asked also learns what was raised, and where.
    def self.remember_errors
      ActionDispatch::DebugExceptions.register_interceptor { |request, error| request.set_header(ERROR, error) }
    end

    # Yields once it listens.
    def run
      follow_signals
      yield
      Inbox.each { |message, blobs| serve(message.fetch("id"), message.fetch("request"), blobs.first || "") }
    end

    private
      # TERM and INT let the request in hand finish, as in Puma. QUIT ends it. Afterwards the process ends, also where
      # the app, or Rails with its error page, has rescued what was raised.
      def follow_signals
        Signals.by_default("TERM") { |signal| stop(signal, at_once: false) }
        Signals.by_default("INT") { |signal| stop(signal, at_once: false) }
        Signals.by_default("QUIT") { |signal| stop(signal, at_once: true) }
      end

      def stop(signal, at_once:)
        @stop = signal
        GreenThread.main.raise(signal) if at_once || !@serving
      end

      def serve(...)
        @serving = true
        handle(...)
        raise @stop if @stop
      ensure
        @serving = false
      end

      def handle(id, request, body)
        environment = environment(request, body)
        answer, content = announced(id, request) { call_app(environment) }
        answer[:error] = described(environment[ERROR])
        Host.call "kernel.respond", { id: id, answer: answer }, [ content ]
      ensure
        LastLine.clear
      end

      # The answer and its body as bytes. What even Rails' error pages cannot show, an answer that is none among it,
      # becomes a 500, as by Puma's low-level error handler.
      def call_app(environment)
        status, headers, body = Rails.application.call(environment)
        [ { status: Integer(status), headers: header_pairs(headers) }, bytes(body) ]
      rescue StandardError, ScriptError, SystemStackError, NoMemoryError => error
        environment[ERROR] = error
        text = Text.utf8(error.full_message(highlight: false))
        warn text
        [ { status: 500, headers: [ [ "content-type", "text/plain; charset=utf-8" ] ] }, text ]
      ensure
        body.close if body.respond_to?(:close)
      end

      def announced(id, request)
        request_id = Fiber[:sandbox_request_id] = "#{CurrentProcess.pid}:#{id}"
        details = { requestId: request_id, method: request["method"], path: request["path"] }
        started = Process.clock_gettime(Process::CLOCK_MONOTONIC, :float_millisecond)
        Events.emit "request.started", **details
        yield.tap do |answer, _|
          duration = Process.clock_gettime(Process::CLOCK_MONOTONIC, :float_millisecond) - started
          Events.emit "request.finished", **details, status: answer[:status], duration: duration
        end
      ensure
        Fiber[:sandbox_request_id] = nil
      end

      def bytes(body)
        chunks = +"".b
        body.each { |chunk| chunks << chunk.b }
        chunks
      end

      def described(error)
        error && Errors.describe(error).except(:backtrace)
      end

      def header_pairs(headers)
        headers.flat_map do |name, values|
          Array(values).flat_map { |value| Text.utf8(value).split("\n").map { |line| [ Text.utf8(name), line ] } }
        end
      end

      def environment(request, body)
        path, query = request.fetch("path").split("?", 2)
        {
          "REQUEST_METHOD" => request.fetch("method"), "SCRIPT_NAME" => "",
          "PATH_INFO" => path, "QUERY_STRING" => query.to_s, "REQUEST_URI" => request.fetch("path"),
          "SERVER_NAME" => "localhost", "SERVER_PORT" => "3000", "SERVER_PROTOCOL" => "HTTP/1.1",
          "REMOTE_ADDR" => "127.0.0.1", "CONTENT_LENGTH" => body.bytesize.to_s,
          "rack.url_scheme" => "http", "rack.input" => StringIO.new(body), "rack.errors" => $stderr
        }.merge(header_variables(request.fetch("headers")))
      end

      def header_variables(headers)
        headers.to_h do |name, value|
          variable = name.upcase.tr("-", "_")
          [ variable == "CONTENT_TYPE" ? variable : "HTTP_#{variable}", value ]
        end
      end
  end
end
