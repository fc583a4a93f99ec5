# Finds the photos whose job was lost.
class SweepJob < ApplicationJob
  def perform
  end
end
