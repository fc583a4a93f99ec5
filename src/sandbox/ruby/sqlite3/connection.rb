# frozen_string_literal: true

module SQLite3
  # The host calls of one connection, and the wait for another's lock.
  class Connection
    # How often a busy handler is asked again, in seconds.
    HANDLER_INTERVAL = 0.01

    attr_reader :changes, :total_changes, :last_insert_row_id
    attr_accessor :extended_result_codes

    # Called with the number of times it was called before; waiting ends when it returns false.
    attr_writer :busy_handler

    def initialize(path, **options)
      @changes = @total_changes = @last_insert_row_id = 0
      @transaction = false
      @handle = call("db.open", { path: path, **options }).first.fetch("handle")
    end

    # Milliseconds to wait for a lock; 0 does not wait.
    def busy_timeout=(milliseconds)
      @busy_handler = nil
      @timeout = milliseconds.positive? ? milliseconds.fdiv(1000) : nil
    end

    def close
      call("db.close", { handle: @handle })
    end

    def transaction? = @transaction

    def execute(sql, binds, shape)
      blobs = []
      request = { handle: @handle, sql: sql, binds: dump(binds, blobs), shape: shape }
      run("db.execute", request, blobs, sql)
    end

    def batch(sql)
      run("db.batch", { handle: @handle, sql: sql }, [], nil)
    end

    def describe(sql)
      call("db.describe", { handle: @handle, sql: sql }, sql).first
    end

    private
      def dump(binds, blobs)
        if binds.is_a?(Hash)
          binds.transform_values { |value| Value.dump(value, blobs) }
        else
          binds.map { |value| Value.dump(value, blobs) }
        end
      end

      def run(op, request, blobs, sql)
        request[:wait] = false unless @timeout || @busy_handler
        reply = Sandbox::Host.call(op, request, blobs)
        reply = wait_for_lock(reply.first["parked"]) if reply.first.key?("parked")
        check(reply.first, sql)
        keep_status(reply.first)
        reply
      end

      def keep_status(answer)
        @changes = answer["changes"]
        @total_changes = answer["total_changes"]
        @last_insert_row_id = answer["last_insert_row_id"]
        @transaction = answer["transaction"]
      end

      # Whatever ends the wait, also an exception from outside, takes this connection out of the line.
      def wait_for_lock(ticket)
        reply = collect(ticket, patience)
      ensure
        give_up(ticket) unless reply
      end

      # The process is woken for other reasons too, so it asks until the answer is there.
      def collect(ticket, patience)
        while (seconds = patience.call)
          next unless Sandbox::Scheduler.await(ticket, seconds)

          reply = Sandbox::Host.call("db.collect", { ticket: ticket })
          return reply unless reply.first.key?("parked")
        end
        Sandbox::Host.call("db.cancel", { ticket: ticket })
      end

      # A lock that came in this very moment is let go again.
      def give_up(ticket)
        answer, = Sandbox::Host.call("db.cancel", { ticket: ticket })
        execute("ROLLBACK", [], nil) if answer["transaction"] && !@transaction
      end

      # Says for how many seconds to wait now; nil when there is no time left.
      def patience
        return handler_patience if @busy_handler

        deadline = now + @timeout
        -> { (left = deadline - now).positive? ? left : nil }
      end

      def handler_patience
        count = -1
        -> { HANDLER_INTERVAL unless @busy_handler.call(count += 1) == false }
      end

      def now
        ::Process.clock_gettime(::Process::CLOCK_REALTIME)
      end

      def call(op, request, sql = nil)
        reply = Sandbox::Host.call(op, request)
        check(reply.first, sql)
        reply
      end

      def check(answer, sql)
        return unless answer.key?("error")

        @transaction = answer["transaction"]
        raise SQLite3.exception_for(answer["error"], sql: sql, extended: extended_result_codes)
      end
  end
end
