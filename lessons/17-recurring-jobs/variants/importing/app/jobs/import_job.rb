# Fetches new pictures from far away. Today that is slow.
class ImportJob < ApplicationJob
  def perform
    sleep 12.minutes
  end
end
