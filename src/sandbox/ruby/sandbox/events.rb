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

      def error(exception)
        exception && { className: exception.class.name, message: Text.clip(exception.message, 2000) }
      end
    end

    # *.active_job: activejob-8.0.2/lib/active_job/instrumentation.rb
    module JobEvents
      class << self
        def subscribe
          Events.on("enqueue.active_job") { |_, payload| enqueued(payload) }
          Events.on("enqueue_at.active_job") { |_, payload| enqueued(payload) }
          Events.on("enqueue_all.active_job") { |_, payload| all_enqueued(payload[:jobs]) }
          Events.on("perform_start.active_job") { |_, payload| started(payload[:job]) }
          Events.on("perform.active_job") { |event, payload| performed(event, payload) }
          Events.on("enqueue_retry.active_job") { |_, payload| retried(payload) }
          Events.on("discard.active_job") { |_, payload| discarded(payload) }
        end

        def describe(job)
          { activeJobId: job.job_id, jobId: job.provider_job_id, className: job.class.name, queueName: job.queue_name }
        end

        private
          # Solid Queue 1.1.0 leaves provider_job_id empty while a job runs, and a retry gives it the next
          # row's id; the claimed row knows which one runs.
          def describe_running(job)
            describe(job).merge(jobId: Fiber[:sandbox_job_row] || job.provider_job_id)
          end

          def enqueued(payload)
            emit_enqueued(payload[:job], enqueue_origin) unless payload[:exception_object] || payload[:aborted]
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

          def performed(event, payload)
            job = describe_running(payload[:job])
            if error = payload[:exception_object]
              Events.emit "job.raised", job: job, duration: event.duration, error: Events.error(error)
            else
              Events.emit "job.performed", job: job, duration: event.duration
            end
          end

          def retried(payload)
            at = Time.current + payload[:wait].to_f
            Events.emit "job.retried", job: describe_running(payload[:job]), error: Events.error(payload[:error]), at: Events.milliseconds(at)
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
