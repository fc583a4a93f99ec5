# frozen_string_literal: true

module Sandbox
  # Settings that Rails' initializers have handed to the frameworks while the image was built. Those that the
  # app's environment file now sets to something else are handed over again.
  module FrameworkConfiguration
    FRAMEWORKS = {
      active_record: -> { [ ActiveRecord, ActiveRecord::Base ] }, action_controller: -> { [ ActionController::Base ] },
      action_mailer: -> { [ ActionMailer::Base ] }, action_view: -> { [ ActionView::Base ] }
    }.freeze
    BY_THE_SANDBOX = %i[ delivery_method perform_deliveries ].freeze

    class << self
      def remember
        @remembered = FRAMEWORKS.keys.to_h { |name| [ name, options(name) ] }
      end

      def apply
        hand_over_changes
        Rails.logger.level = config.log_level
        Rails.cache = ActiveSupport::Cache.lookup_store(config.cache_store)
        Time.zone_default = Time.find_zone!(config.time_zone)
        Rails.application.instance_variable_set(:@app_env_config, nil) # consider_all_requests_local and the like
      end

      # What was set to something else since the last time.
      def hand_over_changes
        FRAMEWORKS.each { |name, targets| hand_over(changed(name), targets.call) }
        remember
      end

      private
        def config
          Rails.application.config
        end

        def options(name)
          config.public_send(name).to_h
        end

        def changed(name)
          options(name).except(*BY_THE_SANDBOX).reject { |key, value| @remembered.fetch(name)[key] == value }
        end

        def hand_over(options, targets)
          options.each do |name, value|
            value = value.constantize if name == :delivery_job # as actionmailer-8.0.2/lib/action_mailer/railtie.rb does
            targets.find { |target| target.respond_to?("#{name}=") }&.public_send("#{name}=", value)
          end
        end
    end
  end
end
