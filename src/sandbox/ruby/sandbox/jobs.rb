# frozen_string_literal: true

module Sandbox
  # A jobs process: what `bin/jobs` starts, with config/queue.yml and config/recurring.yml as they are now.
  class Jobs
    # Yields once its workers, dispatchers and schedulers are registered.
    def run(&started)
      Files.sync
      SolidQueue::ConfigurationCheck.check_queue if overrides.empty?
      SolidQueue::ConfigurationCheck.check_recurring
      SolidQueue::Supervisor.on_started = started
      SolidQueue::Supervisor.start(**overrides)
    end

    private
      # A worker that the learner started with options of its own, in place of the configured ones.
      def overrides
        worker = CurrentProcess.options.slice("queues", "threads", "polling_interval").compact.symbolize_keys
        return {} if worker.empty?

        { workers: [ ::SolidQueue::Configuration::WORKER_DEFAULTS.merge(worker) ],
          dispatchers: [ ::SolidQueue::Configuration::DISPATCHER_DEFAULTS ] }
      end
  end
end
