# Carries a copy of the newsletter's columns.
class SnapshotJob < ApplicationJob
  def perform(attributes)
    puts "The copy says: #{attributes["subject"]}"
  end
end
