# frozen_string_literal: true

# Everything of Solid Queue 1.1.0 that works differently here, and why; forks, which are threads here, are in
# supervisor.rb. As green threads do not interrupt each other, a job that computes without a pause also keeps its
# process from polling and heartbeats, so that others prune it in the end. All else is the gem's own code:
# claiming, performing, failing, releasing, heartbeats, pruning, dispatching, concurrency limits, recurring tasks.
module Sandbox
  module SolidQueue
    # lib/solid_queue/worker.rb: a poll claims as many jobs as there are idle threads, and then starts
    # them in the order of their ids, whatever their priority. With real threads the difference is
    # hardly seen; here threads take turns, so each free thread claims its own job.
    module ClaimOneByOne
      private
        def claim_executions
          pool.idle_threads.times.each_with_object([]) do |_, claimed|
            executions = with_polling_volume { ::SolidQueue::ReadyExecution.claim(queues, 1, process_id) }
            break claimed if executions.empty?

            claimed.concat(executions)
          end
        end
    end

    # lib/solid_queue/processes/interruptible.rb: sleeps on a thread of its own, for speed on real
    # threads. Popping the queue directly does the same. Polling, so that an advancing clock does not
    # stop at each poll.
    module InterruptibleSleep
      private
        def interruptible_sleep(time)
          Scheduler.polling { queue.clear if time > 0 && queue.pop(timeout: time.to_f) }
        end
    end

    # concurrent-ruby's timers serve heartbeats, maintenance and recurring tasks alike, and wake up each
    # minute at least. An advancing clock need only stop for the recurring tasks.
    module TimersArePolling
      private
        def process_tasks
          Scheduler.polling { super }
        end
    end

    module RecurringTasksAreDue
      def initialize(...)
        super
        Scheduler.due_sources << -> { scheduled_tasks.values.filter_map(&:schedule_time).min }
      end
    end

    # lib/solid_queue/processes/registrable.rb: a heartbeat is an event for the timeline.
    module HeartbeatEvents
      private
        def heartbeat
          super.tap { announce_heartbeat if process }
        end

        def announce_heartbeat
          Events.emit "process.heartbeat", registeredId: process.id, kind: kind, name: name
        end
    end

    # app/models/solid_queue/claimed_execution.rb: says which row a running job belongs to, and when that
    # row is finished or failed. The gem instruments neither.
    module ExecutionEvents
      def perform
        Fiber[:sandbox_job_row] = job_id
        super
      ensure
        Fiber[:sandbox_job_row] = nil
        LastLine.clear
      end

      def failed_with(error)
        super.tap { Events.emit "job.failed", jobIds: [ job_id ], error: Events.error(error) }
      end

      private
        def finished
          super.tap { Events.emit "job.finished", jobId: job_id }
        end
    end

    # app/models/solid_queue/failed_execution.rb: an error whose message is no UTF-8 cannot be stored as
    # JSON, and the gem leaves its job claimed for ever.
    module StorableMessages
      private
        def exception_message
          Text.utf8(super)
        end
    end

    # app/models/solid_queue/blocked_execution.rb: blocking is not instrumented.
    module BlockEvents
      def self.included(base)
        base.after_create_commit do
          Events.emit "job.blocked", jobId: job_id, concurrencyKey: concurrency_key
        end
      end
    end

    # app/models/solid_queue/scheduled_execution.rb: the instrumented payload names no jobs.
    module DispatchEvents
      def dispatch_jobs(job_ids)
        super.tap { Events.emit "job.dispatched", jobIds: job_ids if job_ids.any? }
      end
    end

    def self.install
      ::SolidQueue::Worker.prepend ClaimOneByOne
      Concurrent::TimerSet.prepend TimersArePolling
      ::SolidQueue::Scheduler::RecurringSchedule.prepend RecurringTasksAreDue
      ::SolidQueue::Processes::Base.prepend InterruptibleSleep, HeartbeatEvents
      ::SolidQueue::ClaimedExecution.prepend ExecutionEvents
      ::SolidQueue::FailedExecution.prepend StorableMessages
      ::SolidQueue::BlockedExecution.include BlockEvents
      ::SolidQueue::ScheduledExecution.singleton_class.prepend DispatchEvents
    end
  end
end
