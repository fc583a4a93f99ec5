# Tells our office who tried to import how many photos. The office asks when something went wrong.
class AttemptJob < ActiveJob::Base
  queue_as :default

  def perform(agency, number)
    AlbumMailer.attempted(agency, number).deliver_now
  end
end
