# frozen_string_literal: true

# error_highlight reads the source of the failing line to underline it. The gems' sources are not in
# the boot image; only the learner's own are.
module Sandbox
  module ErrorHighlightInApp
    def spot(object, **options)
      location = options[:backtrace_location] || (object.backtrace_locations&.first if object.is_a?(Exception))
      super if location.nil? || location.absolute_path.to_s.start_with?("#{APP_ROOT}/")
    end
  end
end

ErrorHighlight.singleton_class.prepend Sandbox::ErrorHighlightInApp if defined?(ErrorHighlight)
