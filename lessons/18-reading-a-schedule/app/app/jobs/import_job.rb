# Fetches new pictures.
class ImportJob < ApplicationJob
  def perform
    puts "New pictures are fetched"
  end
end
