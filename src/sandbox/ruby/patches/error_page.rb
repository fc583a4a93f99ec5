# frozen_string_literal: true

# JavaScript calls the outermost frame of a process, so that frame has no file. Rails' error
# page looks for every frame's file, and would fail where it should explain a failure.
module Sandbox
  module ErrorPage
    private
      def source_fragment(path, line) = path && super
  end
end

ActionDispatch::ExceptionWrapper.prepend Sandbox::ErrorPage
