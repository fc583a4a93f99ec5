# Writes the number of free seats into the cache, which is in the memory of its process (config.cache_store).
# The page reads it there. Should the job be lost, the next booking counts again.
class CountSeatsJob < ApplicationJob
  self.queue_adapter = :async

  def perform
    Rails.cache.write("free seats", Booking.free_seats)
  end
end
