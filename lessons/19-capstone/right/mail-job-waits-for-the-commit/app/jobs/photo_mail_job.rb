# Tells the photographer that the photo is ready.
class PhotoMailJob < ApplicationJob
  self.enqueue_after_transaction_commit = true
  queue_as :mails

  def perform(photo)
    PhotoMailer.processed(photo).deliver_now
  end
end
