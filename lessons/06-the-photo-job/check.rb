class ThePhotoJobCheck < Sandbox::Check
  RAISED =
    "A worker ran the job, and the job raised an error. Which arguments does perform get, and " \
    "does it take them?"

  OTHER_PHOTO =
    "The worker ran the job, but the photo that it was enqueued for is not the one that was " \
    "processed. How does the job know which photo it is for?"

  NOT_SAVED =
    "The job finished, but the photo in the database is not processed. A worker keeps nothing of " \
    "what perform returns: only what is saved remains."

  QUEUE =
    "The job does not wait in the queue pictures. A job that names no queue waits in default."

  DELETED =
    "The photo was deleted before the job ran, and the job is recorded as failed, although " \
    "nothing is left to do. Which error does a job meet that takes an id? Which one meets a job " \
    "that takes the photo itself?"

  SWALLOWED =
    "The photo is still there, it could not be saved, and its job counts as finished. Nobody will " \
    "notice. Discard for the one error that you expect, and let every other one make the job fail."

  test "a worker processes the photo that the job is about" do
    first, second = 2.times.map { photo }
    enqueue first
    drain_jobs

    hint(RAISED) { assert_nil jobs.first.error }
    hint(OTHER_PHOTO) { refute second.reload.processed?, "The other photo was processed." }
    hint(NOT_SAVED) { assert first.reload.processed?, "The photo is not processed." }
    hint "The photo counts as processed, but its thumbnail, its filtered picture or its tags are missing." do
      assert first.thumbnail && first.filtered && first.tags.any?
    end
  end

  test "the job waits in the queue pictures" do
    enqueue photo

    hint(QUEUE) { assert_equal "pictures", jobs.first.queue_name }
  end

  test "a job whose photo is gone is discarded" do
    gone = photo
    enqueue gone
    gone.destroy!
    drain_jobs

    hint(DELETED) { assert_equal %w[ finished ], jobs.map(&:state), jobs.first.error }
  end

  test "a job that cannot do its work does not count as done" do
    enqueue photo
    Photo.update_all title: "" # no longer valid
    drain_jobs

    hint(SWALLOWED) { assert jobs.any? { |job| %w[ failed scheduled ].include?(job.state) } }
  end

  private
    def photo
      Photo.create!(title: "Sunset", sample: true)
    end

    def enqueue(photo)
      PhotoProcessingJob.perform_later(takes_record? ? photo : photo.id)
    end

    # Both are right: a job that takes an id, and one that takes the photo.
    def takes_record?
      @takes_record = !works_with?(&:id) && works_with?(&:itself) if @takes_record.nil?
      @takes_record
    end

    def works_with?
      probe = photo
      PhotoProcessingJob.new.perform(yield(probe))
      probe.reload.processed?
    rescue StandardError
      false
    ensure
      probe&.delete
    end
end
