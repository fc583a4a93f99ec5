# frozen_string_literal: true

require "minitest"

module Sandbox
  class Check < Minitest::Test
  end
end
