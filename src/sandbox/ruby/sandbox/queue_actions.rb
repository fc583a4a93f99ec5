# frozen_string_literal: true

module Sandbox
  # What the page may do to the queue, through the gem's own models (solid_queue-1.1.0).
  # Those that end in `_all` take the ids of rows and return how many they changed.
  module QueueActions
    BATCH = 500
    WAITING = %w[ Ready Scheduled Blocked Failed ].freeze

    class << self
      def pause(queue_name) = ::SolidQueue::Queue.find_by_name(queue_name).pause && nil
      def resume(queue_name) = ::SolidQueue::Queue.find_by_name(queue_name).resume && nil
      def retry(job_id) = find(job_id).retry && nil
      def discard(job_id) = find(job_id).discard && nil

      # As the gem's supervisor does at its end, for one that computed and could not.
      def deregister(pid) = ::SolidQueue::Process.where(pid: pid, supervisor_id: nil).each(&:deregister) && nil

      # As Mission Control does: a scheduled job becomes due now; a blocked one skips its turn.
      def run_now(job_id)
        find(job_id)
        run_now_all([ job_id ])
      end

      def retry_all(job_ids)
        in_batches(job_ids) { |jobs| ::SolidQueue::FailedExecution.retry_all(jobs) }
      end

      def discard_all(job_ids)
        in_batches(job_ids) do |jobs|
          WAITING.sum { |state| discard_those(jobs, ::SolidQueue.const_get("#{state}Execution")) }
        end
      end

      def run_now_all(job_ids)
        in_batches(job_ids) { |jobs| run_scheduled(jobs.map(&:id)) + run_blocked(jobs.map(&:id)) }
      end

      # What config/recurring.yml means. A schedule that cannot be read has no next time.
      def schedules(_all)
        ::SolidQueue::RecurringTask.order(:key).map do |task|
          cron = Fugit.parse(task.schedule)
          is_cron = cron.instance_of?(Fugit::Cron)
          { key: task.key, cron: is_cron ? fields_of(cron) : "", zone: is_cron ? cron.zone : nil,
            nextAt: cron.respond_to?(:next_time) ? (cron.next_time.to_f * 1000).round : nil,
            arguments: task.arguments.map(&:inspect).join(", ") }
        end
      end

      # As Mission Control does.
      def run_task(key)
        ::SolidQueue::RecurringTask.find_by!(key: key).enqueue(at: Time.current) or
          raise "The task #{key} was not enqueued: it was a moment ago, or its job refused."
        nil
      end

      private
        # Without the zone, and with the sign for "both days", which Fugit 1.11 reads and does not write. The
        # sign says nothing where one of the two days is left open.
        def fields_of(cron)
          fields = cron.to_cron_s.split.first(cron.seconds == [ 0 ] ? 5 : 6).join(" ")
          both = cron.monthdays && cron.weekdays && cron.instance_variable_get(:@day_and)
          both ? "#{fields}&" : fields
        end

        def find(job_id)
          ::SolidQueue::Job.find(job_id)
        end

        def in_batches(job_ids)
          job_ids.each_slice(BATCH).sum { |ids| yield(::SolidQueue::Job.where(id: ids).to_a).to_i }
        end

        # The gem's own count is 0 where deleting a job takes its execution along.
        def discard_those(jobs, executions)
          executions.where(job_id: jobs.map(&:id)).count.tap { executions.discard_all_from_jobs(jobs) }
        end

        def run_scheduled(job_ids)
          scheduled = ::SolidQueue::ScheduledExecution.where(job_id: job_ids)
          scheduled.transaction do
            due = scheduled.pluck(:job_id)
            scheduled.update_all(scheduled_at: Time.current)
            ::SolidQueue::Job.where(id: due).update_all(scheduled_at: Time.current)
            due.empty? ? 0 : ::SolidQueue::ScheduledExecution.dispatch_jobs(due)
          end
        end

        def run_blocked(job_ids)
          ::SolidQueue::BlockedExecution.where(job_id: job_ids).includes(:job).each do |execution|
            execution.transaction do
              execution.job.dispatch_bypassing_concurrency_limits
              execution.destroy!
            end
          end.size
        end
    end
  end
end
