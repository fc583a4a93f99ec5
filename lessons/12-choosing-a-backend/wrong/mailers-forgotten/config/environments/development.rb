require "active_support/core_ext/integer/time"

Rails.application.configure do
  # Make code changes take effect immediately without server restart.
  config.enable_reloading = true

  # Do not eager load code on boot.
  config.eager_load = false

  # Show full error reports.
  config.consider_all_requests_local = true

  config.action_controller.perform_caching = false
  config.cache_store = :memory_store

  # Log to standard output. Set RAILS_LOG_LEVEL to "debug" to see every SQL statement.
  config.logger = ActiveSupport::TaggedLogging.logger(STDOUT)
  config.log_level = ENV.fetch("RAILS_LOG_LEVEL", "info")

  # Where jobs wait. Without this line it is :async, in development and in production.
  config.active_job.queue_adapter = :solid_queue

  # Solid Queue has a database of its own. The setting does nothing for other adapters.
  config.solid_queue.connects_to = { database: { writing: :queue } }

  # Highlight code that enqueued background job in logs.
  config.active_job.verbose_enqueue_logs = true

  # The queue of deliver_later.
  config.action_mailer.deliver_later_queue_name = "mailers"

  # Set localhost to be used by links generated in mailer templates.
  config.action_mailer.default_url_options = { host: "localhost", port: 3000 }

  # Print deprecation notices to the Rails logger.
  config.active_support.deprecation = :log

  # Raise error when a before_action's only/except options reference missing actions.
  config.action_controller.raise_on_missing_callback_actions = true

  # Signs the session cookie. Good enough for a sandbox; a real app keeps its own secret.
  config.secret_key_base = "perform-later-development-secret-key-base-that-protects-nothing"
end
