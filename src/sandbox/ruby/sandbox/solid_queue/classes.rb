# frozen_string_literal: true

module Sandbox
  # The gem's models are part of the image. Rails would reload them with the app's classes in
  # development; they never change here, so a loader of their own loads them once.
  module SolidQueue
    class << self
      def load_classes_once
        ::SolidQueue::Engine.paths.all_paths.each(&:skip_eager_load!)
        @loader = Zeitwerk::Loader.new
        @loader.tag = "solid_queue.app"
        %w[ models jobs ].each { |directory| @loader.push_dir("#{::SolidQueue::Engine.root}/app/#{directory}") }
        @loader.setup
      end

      def eager_load
        @loader.eager_load
      end
    end
  end
end
