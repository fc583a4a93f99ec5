# frozen_string_literal: true

module Sandbox
  # Looks at config/database.yml before Active Record does.
  module DatabaseConfiguration
    class << self
      def check
        file = YamlFile.new("config/database.yml")
        section = file.section(required: true)
        return check_database(file, section, []) if section.key?("adapter") || section.key?("url")

        section.each do |name, database|
          file.require_hash(database, [ name ])
          check_database(file, database, [ name ])
        end
      end

      # The databases that `connects_to` names must be there.
      def naming_the_file
        yield
      rescue ActiveRecord::AdapterNotSpecified => error
        raise ConfigurationError, "config/database.yml: #{error.message.strip.lines.first.chomp} " \
          "Add it, or take it out of config.solid_queue.connects_to in config/environments/#{Rails.env}.rb, and start the process again."
      end

      private
        def check_database(file, database, keys)
          return if database.key?("url")

          check = ->(name, expected, &right) { file.expect(database[name], [ *keys, name ], expected) { right.call(database[name]) } }
          check.call("adapter", "sqlite3, the only database that the sandbox has") { |adapter| adapter == "sqlite3" }
          check.call("database", "the path of a file, such as storage/development.sqlite3") { |path| path.is_a?(String) && path != "" }
          check.call("timeout", "a whole number of milliseconds") { |timeout| whole?(timeout) }
          check.call("pool", "a whole number") { |pool| whole?(pool) }
        end

        # nil: as when it is not there.
        def whole?(value)
          value.nil? || value.to_s.match?(/\A\d+\z/)
        end
    end
  end
end
