# Fetches new pictures from far away. Today that is slow.
class ImportJob < ApplicationJob
  limits_concurrency key: "import", to: 1,
    duration: 30.minutes

  def perform
    sleep 12.minutes
  end
end
