# frozen_string_literal: true

# `verbose_enqueue_logs` and `verbose_query_logs` look for the line of the app in the backtrace: Rails cleans each
# frame as a text, with every filter and silencer, until one is left. Rails' own silencer leaves no frame of a
# gem, so as long as the app has not changed the cleaner these need not be looked at: a tenth of an enqueuing.
module Sandbox
  module SourceLocations
    GEMS = [ "/bundle/", "/usr/", "/sandbox/", "<internal:" ].freeze

    # Returns the cleaned innermost frame in the app's own files; nil when there is none.
    def self.find(cleaner)
      skip = unchanged?(cleaner)
      Thread.each_caller_location do |location|
        next if skip && location.path&.start_with?(*GEMS)

        frame = cleaner.clean_frame(location)
        return frame if frame
      end
      nil
    end

    # Called while the image is built.
    def self.remember(cleaner)
      @parts = parts(cleaner)
    end

    def self.unchanged?(cleaner)
      parts(cleaner) == @parts && !ENV["BACKTRACE"]
    end

    def self.parts(cleaner)
      [ cleaner, *cleaner.instance_variable_get(:@filters), nil, *cleaner.instance_variable_get(:@silencers) ]
    end
    private_class_method :unchanged?, :parts

    # activejob-8.0.2/lib/active_job/log_subscriber.rb
    module OfEnqueuing
      private
        def enqueue_source_location = SourceLocations.find(backtrace_cleaner)
    end

    # activerecord-8.0.2/lib/active_record/log_subscriber.rb
    module OfQueries
      private
        def query_source_location = SourceLocations.find(backtrace_cleaner)
    end
  end
end

Sandbox::SourceLocations.remember(Rails.backtrace_cleaner)
ActiveJob::LogSubscriber.prepend Sandbox::SourceLocations::OfEnqueuing
ActiveRecord::LogSubscriber.prepend Sandbox::SourceLocations::OfQueries
