# The mail of the morning: how many photos there are.
class DigestJob < ApplicationJob
  def perform
    PhotoMailer.digest(Photo.count).deliver_now
  end
end
