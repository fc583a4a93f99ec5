# frozen_string_literal: true

module Sandbox
  module SolidQueue
    # Looks at config/queue.yml and config/recurring.yml before the gem reads them
    # (solid_queue-1.1.0/lib/solid_queue/configuration.rb). What would raise there raises a sentence here, and so
    # does a pause of 0 s, with which the gem asks the database without a rest; what the gem passes over without a word is
    # named in the log.
    module ConfigurationCheck
      WORKER = %w[ queues threads processes polling_interval ].freeze
      DISPATCHER = %w[ polling_interval batch_size concurrency_maintenance concurrency_maintenance_interval ].freeze
      TASK = %w[ class command args schedule queue priority description ].freeze

      class << self
        def check_queue
          file = YamlFile.new("config/queue.yml")
          section = file.section
          entries(file, section, "workers") { |worker, keys| check_worker(file, worker, keys) }
          entries(file, section, "dispatchers") { |dispatcher, keys| check_dispatcher(file, dispatcher, keys) }
          warn_unknown(file, section.except(Rails.env), [], %w[ workers dispatchers ])
        end

        def check_recurring
          file = YamlFile.new("config/recurring.yml")
          file.section.each do |key, task|
            file.require_hash(task, [ key ])
            warn_unknown(file, task, [ key ], TASK)
            warn_dropped(file, key, task)
          end
        end

        private
          def entries(file, section, name)
            return unless section.key?(name)

            file.require_list(section[name], [ name ])
            section[name].each_with_index do |entry, index|
              file.require_hash(entry, [ name, index ])
              yield entry, [ name, index ]
            end
          end

          def check_worker(file, worker, keys)
            whole_number(file, worker, keys, "threads")
            whole_number(file, worker, keys, "processes")
            seconds(file, worker, keys, "polling_interval")
            warn_unknown(file, worker, keys, WORKER)
            return unless worker["threads"].is_a?(Integer) && worker["threads"] < 1

            file.warn_at [ *keys, "threads" ], "a worker with #{worker["threads"]} threads performs no job. Solid Queue starts it all the same."
          end

          def check_dispatcher(file, dispatcher, keys)
            whole_number(file, dispatcher, keys, "batch_size")
            seconds(file, dispatcher, keys, "polling_interval")
            seconds(file, dispatcher, keys, "concurrency_maintenance_interval")
            warn_unknown(file, dispatcher, keys, DISPATCHER)
          end

          def whole_number(file, entry, keys, name)
            value = entry.fetch(name) { return }
            file.expect(value, [ *keys, name ], "a whole number") { value.is_a?(Integer) }
          end

          def seconds(file, entry, keys, name)
            value = entry.fetch(name) { return }
            file.expect(value, [ *keys, name ], "a number of seconds above 0") { value.is_a?(Numeric) && value.positive? }
          end

          def warn_unknown(file, entry, keys, known)
            (entry.keys.map(&:to_s) - known).each do |name|
              file.warn_at [ *keys, name ], "Solid Queue does not know “#{name}” here and passes over it. It knows #{known.to_sentence}."
            end
          end

          # `select(&:valid?)` in `recurring_tasks`: an invalid task is left out.
          def warn_dropped(file, key, options)
            task = ::SolidQueue::RecurringTask.from_configuration(key, **options.deep_symbolize_keys)
            return if task.valid?

            file.warn_at [ key ], "the task #{key} will never run: #{task.errors.full_messages.to_sentence}. " \
              "Solid Queue #{::SolidQueue::VERSION} leaves such a task out without a word. Mend it and start the process again."
          end
      end
    end
  end
end
