# frozen_string_literal: true

module SQLite3
  # One reader and one writer for each pragma, as in the gem: https://www.sqlite.org/pragma.html
  module Pragmas
    BOOLEAN = %w[
      automatic_index checkpoint_fullfsync count_changes defer_foreign_keys foreign_keys
      full_column_names fullfsync ignore_check_constraints legacy_file_format parser_trace
      query_only read_uncommitted recursive_triggers reverse_unordered_selects secure_delete
      short_column_names vdbe_addoptrace vdbe_debug vdbe_listing vdbe_trace writable_schema
    ].freeze

    INTEGER = %w[
      application_id busy_timeout cache_size cache_spill default_cache_size journal_size_limit
      max_page_count mmap_size page_size schema_cookie schema_version soft_heap_limit threads
      user_cookie user_version wal_autocheckpoint
    ].freeze

    # Values by name, each with the others that mean the same.
    ENUM = {
      "auto_vacuum" => [ [ "none", 0 ], [ "full", 1 ], [ "incremental", 2 ] ],
      "default_synchronous" => [ [ "full", 2 ], [ "normal", 1 ], [ "off", 0 ] ],
      "default_temp_store" => [ [ "default", 0 ], [ "file", 1 ], [ "memory", 2 ] ],
      "encoding" => [ [ "utf-8" ], [ "utf-16" ], [ "utf-16le" ], [ "utf-16be" ] ],
      "journal_mode" => [ [ "delete" ], [ "truncate" ], [ "persist" ], [ "memory" ], [ "wal" ], [ "off" ] ],
      "locking_mode" => [ [ "normal" ], [ "exclusive" ] ],
      "synchronous" => [ [ "full", 2 ], [ "normal", 1 ], [ "off", 0 ], [ "extra", 3 ] ],
      "temp_store" => [ [ "default", 0 ], [ "file", 1 ], [ "memory", 2 ] ]
    }.freeze

    READ_ONLY = %w[data_version freelist_count page_count].freeze
    LISTS = %w[collation_list compile_options database_list foreign_key_check integrity_check quick_check].freeze
    LISTS_OF = %w[foreign_key_list index_info index_list index_xinfo].freeze

    BOOLEAN.each do |name|
      define_method(name) { get_boolean_pragma(name) }
      define_method("#{name}=") { |mode| set_boolean_pragma(name, mode) }
    end

    INTEGER.each do |name|
      define_method(name) { get_int_pragma(name) }
      define_method("#{name}=") { |value| set_int_pragma(name, value) }
    end

    ENUM.each do |name, values|
      define_method(name) { get_enum_pragma(name) }
      define_method("#{name}=") { |mode| set_enum_pragma(name, mode, values) }
    end

    READ_ONLY.each { |name| define_method(name) { get_int_pragma(name) } }
    LISTS.each { |name| define_method(name) { |&block| get_query_pragma(name, &block) } }
    LISTS_OF.each { |name| define_method(name) { |subject, &block| get_query_pragma(name, subject, &block) } }

    def table_info(table, &block)
      rows = prepare("PRAGMA table_info(#{table})") { |statement| HashResultSet.new(self, statement).to_a }
      block ? rows.each(&block) : rows
    end

    def optimize(bitmask = nil)
      set_int_pragma("optimize", bitmask) if bitmask
      execute("PRAGMA optimize") unless bitmask
    end

    def wal_checkpoint=(mode)
      set_enum_pragma("wal_checkpoint", mode, [ [ "passive" ], [ "full" ], [ "restart" ], [ "truncate" ] ])
    end

    private
      def get_boolean_pragma(name)
        get_first_value("PRAGMA #{name}") != 0
      end

      def set_boolean_pragma(name, mode)
        execute("PRAGMA #{name}=#{boolean(mode)}")
      end

      def boolean(mode)
        case mode.to_s.downcase
        when "on", "yes", "true", "y", "t", "1" then "ON"
        when "off", "no", "false", "n", "f", "0", "" then "OFF"
        else raise Exception, "unrecognized pragma parameter #{mode.inspect}"
        end
      end

      def get_query_pragma(name, *params, &block)
        arguments = "('#{params.join("','")}')" if params.any?
        execute("PRAGMA #{name}#{arguments}", &block)
      end

      def get_enum_pragma(name)
        get_first_value("PRAGMA #{name}")
      end

      def set_enum_pragma(name, mode, values)
        match = values.find { |names| names.any? { |value| value.to_s.casecmp?(mode.to_s) } }
        raise Exception, "unrecognized #{name} #{mode.inspect}" unless match

        execute("PRAGMA #{name}='#{match.first.upcase}'")
      end

      def get_int_pragma(name)
        get_first_value("PRAGMA #{name}").to_i
      end

      def set_int_pragma(name, value)
        execute("PRAGMA #{name}=#{value.to_i}")
      end
  end
end
