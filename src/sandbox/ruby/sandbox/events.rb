# frozen_string_literal: true

module Sandbox
  # Tells the host what happens in this process, from ActiveSupport::Notifications
  # (the names and payloads are those of Rails 8.0 and Solid Queue 1.1.0).
  # The events' shapes are those of src/sandbox/events.ts.
  module Events
    class << self
      def emit(type, **fields)
        Host.emit("host.event", { event: fields.merge(type: type) })
      end

      def subscribe
        JobEvents.subscribe
        ActiveJob::Base.prepend JobEvents::Observed
        ActiveJob::Enqueuing.prepend JobEvents::HandedOver
        QueueEvents.subscribe
        TransactionEvents.subscribe
        StatementEvents.subscribe
      end

      # Runs the block for each event +name+; what the block returns, if anything, is emitted.
      def on(name)
        ActiveSupport::Notifications.subscribe(name) { |event| yield event, event.payload }
      end

      def milliseconds(time)
        time && (time.to_f * 1000).round(3)
      end

      def monotonic_milliseconds
        Process.clock_gettime(Process::CLOCK_MONOTONIC, :float_millisecond)
      end

      def error(exception)
        exception && { className: exception.class.name, message: Text.clip(exception.message, 2000) }
      end
    end

    # *.active_job: activejob-8.0.2/lib/active_job/instrumentation.rb
    module JobEvents
      # What one run of a job came to. +raised+: the error that has been told; +gave_up+: retry_on's last
      # error, where it does not raise it again.
      Attempt = Struct.new(:started_at, :raised, :gave_up)

      # The notifications do not say that a job raised when retry_on, discard_on or rescue_from take the error.
      module Observed
        attr_reader :sandbox_attempt

        def perform_now
          outer = Fiber[:sandbox_active_job_id]
          Fiber[:sandbox_active_job_id] = job_id
          @sandbox_attempt = Attempt.new(Events.monotonic_milliseconds)
          super
        ensure
          Fiber[:sandbox_active_job_id] = outer
        end

        def rescue_with_handler(error)
          JobEvents.raised(self, error)
          super
        end
      end

      # With `enqueue_after_transaction_commit` Rails notifies of an enqueuing that waits for the commit when it is
      # asked for. Whoever gets here is past that.
      module HandedOver
        attr_accessor :sandbox_handed_over

        private
          def raw_enqueue
            self.sandbox_handed_over = true
            super
          end
      end

      class << self
        def subscribe
          Events.on("enqueue.active_job") { |_, payload| enqueued(payload) }
          Events.on("enqueue_at.active_job") { |_, payload| enqueued(payload) }
          Events.on("enqueue_all.active_job") { |_, payload| all_enqueued(payload[:jobs]) }
          Events.on("perform_start.active_job") { |_, payload| started(payload[:job]) }
          Events.on("perform.active_job") { |event, payload| performed(event, payload) }
          Events.on("enqueue_retry.active_job") { |_, payload| retried(payload) }
          Events.on("retry_stopped.active_job") { |_, payload| payload[:job].sandbox_attempt&.gave_up = payload[:error] }
          Events.on("discard.active_job") { |_, payload| discarded(payload) }
        end

        def describe(job)
          { activeJobId: job.job_id, jobId: row_of(job), className: job.class.name, queueName: job.queue_name }
        end

        # Once for each error that leaves `perform`.
        def raised(job, error)
          attempt = job.sandbox_attempt
          return if attempt.nil? || attempt.raised.equal?(error)

          attempt.raised = error
          duration = Events.monotonic_milliseconds - attempt.started_at
          Events.emit "job.raised", job: describe_running(job), duration: duration, error: Events.error(error)
        end

        private
          # :async gives jobs an id that is no row of a table.
          def row_of(job)
            job.provider_job_id if job.provider_job_id.is_a?(Integer)
          end

          # Solid Queue 1.1.0 leaves provider_job_id empty while a job runs, and a retry gives it the next
          # row's id; the claimed row knows which one runs.
          def describe_running(job)
            describe(job).merge(jobId: Fiber[:sandbox_job_row] || row_of(job))
          end

          def enqueued(payload)
            job = payload[:job]
            handed_over, job.sandbox_handed_over = job.sandbox_handed_over, nil
            return if payload[:exception_object] || payload[:aborted]

            handed_over ? emit_enqueued(job, enqueue_origin) : enqueued_by_the_commit(job, Origin.now)
          end

          # Rails' own block, which enqueues, stands before this one; after a rollback neither runs.
          def enqueued_by_the_commit(job, origin)
            ActiveRecord.after_all_transactions_commit do
              job.sandbox_handed_over = nil
              emit_enqueued(job, { origin: origin.merge(transaction: nil), rowInTransaction: false }) if job.successfully_enqueued?
            end
          end

          def all_enqueued(jobs)
            origin = enqueue_origin
            jobs.each { |job| emit_enqueued(job, origin) }
          end

          def emit_enqueued(job, origin)
            if job.scheduled_at && job.scheduled_at > Time.current
              Events.emit "job.scheduled", job: describe(job), at: Events.milliseconds(job.scheduled_at), **origin
            else
              Events.emit "job.enqueued", job: describe(job), **origin
            end
          end

          # Whether the job's row stands or falls with the open transaction: only in the same database.
          def enqueue_origin
            origin = Origin.now
            same = ::SolidQueue::Record.connection_pool.equal?(ActiveRecord::Base.connection_pool)
            { origin: origin, rowInTransaction: same && !origin[:transaction].nil? }
          end

          def started(job)
            Events.emit "job.started", job: describe_running(job), execution: job.executions
          end

          # The end of an attempt. What retry_on and discard_on did has been told by then.
          def performed(event, payload)
            job = payload[:job]
            attempt = job.sandbox_attempt
            if error = payload[:exception_object]
              raised(job, error) # again only when a handler raised another one
            elsif error = attempt.gave_up
              discarded(job: job, error: error)
            elsif attempt.raised.nil?
              Events.emit payload[:aborted] ? "job.aborted" : "job.performed", job: describe_running(job), duration: event.duration
            end
          end

          def retried(payload)
            job = payload[:job]
            return if payload[:exception_object] || !job.successfully_enqueued?

            at = [ job.scheduled_at, Time.current ].compact.max
            Events.emit "job.retried", job: describe_running(job), error: Events.error(payload[:error]), at: Events.milliseconds(at)
          end

          def discarded(payload)
            Events.emit "job.discarded", job: describe_running(payload[:job]), error: Events.error(payload[:error])
          end
      end
    end

    # *.solid_queue: solid_queue-1.1.0, `SolidQueue.instrument`
    module QueueEvents
      class << self
        def subscribe
          subscribe_to_executions
          subscribe_to_processes
        end

        private
          def subscribe_to_executions
            Events.on("claim.solid_queue") { |_, payload| claimed(payload) }
            Events.on("release_claimed.solid_queue") { |_, payload| Events.emit "job.released", jobIds: [ payload[:job_id] ] }
            Events.on("release_blocked.solid_queue") { |_, payload| unblocked(payload) }
            Events.on("enqueue_recurring_task.solid_queue") { |_, payload| recurring(payload) }
          end

          def subscribe_to_processes
            Events.on("register_process.solid_queue") { |_, payload| registered(payload) }
            Events.on("deregister_process.solid_queue") { |_, payload| deregistered(payload) }
          end

          def claimed(payload)
            Array(payload[:claimed_job_ids]).each do |id|
              Events.emit "job.claimed", jobId: id, registeredId: payload[:process_id]
            end
          end

          def unblocked(payload)
            return unless payload[:released]

            Events.emit "job.unblocked", jobId: payload[:job_id], concurrencyKey: payload[:concurrency_key]
          end

          def recurring(payload)
            Events.emit "recurring.enqueued", task: payload[:task].to_s,
              at: Events.milliseconds(payload[:at]), skipped: payload[:skipped].present?
          end

          def registered(payload)
            return if payload[:error]

            Events.emit "process.registered", registeredId: payload[:process_id], kind: payload[:kind], name: payload[:name]
          end

          def deregistered(payload)
            process = payload[:process]
            row = { registeredId: process.id, kind: process.kind, name: process.name }
            if payload[:pruned]
              Events.emit "process.pruned", **row, prunedPid: process.pid
            else
              Events.emit "process.deregistered", **row
            end
          end
      end
    end
  end
end
