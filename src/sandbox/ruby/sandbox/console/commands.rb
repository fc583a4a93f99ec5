# frozen_string_literal: true

module Sandbox
  class Console
    # What Rails' console adds to the prompt (railties-8.0.2/lib/rails/commands/console/irb_console.rb).
    module Commands
      def reload!
        puts "Reloading..."
        Rails.application.reloader.reload!
      end

      def helper = ApplicationController.helpers

      def controller = @controller ||= ApplicationController.new

      # Sends requests through Rack in the console's own process; also has `photos_path` and the like.
      def app(create = false)
        @app = nil if create
        @app ||= new_session
      end

      def new_session
        require "action_dispatch/testing/integration"
        routes = Rails.application.routes
        session = ActionDispatch::Integration::Session.new(Rails.application)
        session.host! "localhost:3000" # Rails' own, www.example.com, is refused in development
        session.extend(routes.url_helpers, routes.mounted_helpers)
      end
    end
  end
end
