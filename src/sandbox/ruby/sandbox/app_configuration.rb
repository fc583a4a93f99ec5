# frozen_string_literal: true

module Sandbox
  # The boot image holds a booted app. What a lesson or its learner configures otherwise is read again
  # when a process starts: database.yml, config/application.rb where it is not the image's own, config/environments,
  # config/initializers (queue.yml, recurring.yml and the routes are read by who uses them). Files in FIXED are part of
  # the image and are not read again.
  module AppConfiguration
    APPLICATION = "config/application.rb"
    FIXED = %w[ config/boot.rb config/environment.rb ].freeze

    class << self
      # What the image holds. Called while it is built.
      def remember
        @application = read(APPLICATION)
        @fixed = FIXED.to_h { |path| [ path, read(path) ] }
        @prepared = config.to_prepare_blocks.size
        FrameworkConfiguration.remember
      end

      def apply
        warn_of_fixed_files
        forget_environment
        load_application
        load_environment
        configure_active_record
        configure_active_job
        configure_solid_queue
        configure_action_mailer
        FrameworkConfiguration.apply
        load_initializers
        add_to_prepare_blocks
        add_job_serializers
        add_autoload_directories
      end

      # Directories below app/ that the base app does not have.
      def add_autoload_directories
        loader = Rails.autoloaders.main
        (Dir.glob("#{APP_ROOT}/app/*/") + Dir.glob("#{APP_ROOT}/app/*/concerns/")).map { |path| path.chomp("/") }.each do |path|
          next if path.end_with?("/views", "/assets", "/javascript") || loader.dirs.include?(path)

          loader.push_dir(path)
        end
      end

      private
        def warn_of_fixed_files
          @fixed.each do |path, content|
            warn "#{path}: the changes in this file do not act, it is part of the sandbox. Put settings into " \
              "config/environments/#{Rails.env}.rb or a file in config/initializers." if read(path) != content
          end
        end

        def read(path)
          File.read("#{APP_ROOT}/#{path}")
        rescue SystemCallError
          nil
        end

        def config
          Rails.application.config
        end

        # What the image's config/environments/development.rb sets, and this app's may not.
        def forget_environment
          config.active_job.delete(:queue_adapter)
          config.solid_queue.delete(:connects_to)
        end

        # Opens the class of the image's application once more; what it requires is loaded already.
        def load_application
          load "#{APP_ROOT}/#{APPLICATION}" unless [ nil, @application ].include?(read(APPLICATION))
        end

        def load_environment
          load "#{APP_ROOT}/config/environments/#{Rails.env}.rb"
        end

        def configure_active_record
          DatabaseConfiguration.check
          ActiveRecord::Base.configurations = config.database_configuration
          ActiveRecord::Base.connection_handler.clear_all_connections!(:all)
          ActiveRecord::Base.establish_connection
        end

        def configure_active_job
          config.active_job.queue_adapter ||= :async
          hand_over_active_job(config.active_job.to_h)
        end

        # As activejob-8.0.2/lib/active_job/railtie.rb does.
        def hand_over_active_job(options)
          if options.key?(:enqueue_after_transaction_commit)
            ActiveJob::Base.enqueue_after_transaction_commit = options[:enqueue_after_transaction_commit] == :always
          end
          options.except(:custom_serializers, :enqueue_after_transaction_commit).each do |name, value|
            target = [ ActiveJob, ActiveJob::Base ].find { |candidate| candidate.respond_to?("#{name}=") }
            target&.public_send("#{name}=", value)
          end
        end

        # Initializers add to this list.
        def add_job_serializers
          ActiveJob::Serializers.add_serializers config.active_job.custom_serializers
        end

        def configure_solid_queue
          config.solid_queue.each { |name, value| ::SolidQueue.public_send("#{name}=", value) }
          ::SolidQueue.connects_to = config.solid_queue.connects_to
          connect_queue
        end

        def connect_queue
          record = ::SolidQueue::Record
          if connects_to = ::SolidQueue.connects_to
            DatabaseConfiguration.naming_the_file { record.connects_to(**connects_to) }
          elsif record.connection_class?
            record.remove_connection
            record.connection_class = false
          end
        end

        def configure_action_mailer
          ActionMailer::Base.add_delivery_method :sandbox, MailDelivery
          ActionMailer::Base.delivery_method = :sandbox
          ActionMailer::Base.perform_deliveries = config.action_mailer.fetch(:perform_deliveries, true)
        end

        # Settings in an initializer act too: Rails would load the classes that they are for after it.
        def load_initializers
          known = config.active_job.to_h
          Dir.glob("#{APP_ROOT}/config/initializers/**/*.rb").sort.each { |file| load file }
          hand_over_active_job(config.active_job.to_h.reject { |name, value| known[name] == value })
          FrameworkConfiguration.hand_over_changes
        end

        # The blocks for to_prepare that all these files have added. They run at each reload, and a process reloads
        # once when all this is done. Those of the image are the reloader's already.
        def add_to_prepare_blocks
          config.to_prepare_blocks.drop(@prepared).each { |block| Rails.application.reloader.to_prepare(&block) }
        end
    end
  end
end
