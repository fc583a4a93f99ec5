# Tells our office who tried to import how many photos. The office asks when something went wrong.
class AttemptJob < ApplicationJob
  # Also when the import is rolled back: it was tried.
  self.enqueue_after_transaction_commit = false

  queue_as :default

  def perform(agency, number)
    AlbumMailer.attempted(agency, number).deliver_now
  end
end
