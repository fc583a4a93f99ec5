class EnqueueFromACallbackCheck < Sandbox::Check
  NONE =
    "A photo was created outside the controller, and no job is in the queue. Which moment do all " \
    "photos pass through, wherever they are created?"

  REPLACED =
    "A photo got no job when it was created, and one when it was changed. If two lines " \
    "of the model name the same method, what does the second do to the first?"

  NOW =
    "The photo was already processed when create! came back, and no worker had run. A callback " \
    "runs in the process that saves: what should it do there, and what not?"

  RAISED =
    "A worker ran the job, and the job raised an error. Compare what the callback passes with " \
    "what perform expects."

  TWICE =
    "One upload put two jobs into the queue. Who else enqueues?"

  LOOP =
    "One photo was created, and its job ran again and again. The job saves the photo too: what " \
    "does your callback do then?"

  UPDATE =
    "The title of a photo was changed, and a second job is in the queue. Only a new photo has to " \
    "be processed."

  ROLLBACK =
    "A photo was created in a transaction that was rolled back. The photo never was, but its job " \
    "is in the queue. At which moment is a photo there for good?"

  ORPHAN =
    "The upload was rejected, but a job is in the queue. Nothing was stored."

  STATUS =
    "A rejected upload should bring the form back with status 422, as before."

  test "a photo from the console gets a job" do
    photo = stored_photo

    hint(NOW) { refute Photo.find(photo.id).processed?, "The photo is processed already." }
    created = jobs.any?
    hint(!created && job_when_changed?(photo) ? REPLACED : NONE) { assert created, "The queue is empty." }
  end

  test "the job runs once, and processes the photo" do
    photo = stored_photo
    skip "No job is in the queue yet." if jobs.empty?
    start_jobs
    wait_until(timeout: 60) { jobs.size > 3 || jobs.none? { |job| %w[ ready claimed ].include?(job.state) } }

    hint(RAISED) { assert_nil jobs.first.error }
    hint(LOOP) { assert_equal 1, jobs.size }
    assert Photo.find(photo.id).processed?
  end

  test "an uploaded photo gets one job" do
    response = upload

    assert_includes [ 302, 303 ], response.status
    hint("An upload puts no job into the queue any more.") { assert jobs.any?, "The queue is empty." }
    hint(TWICE) { assert_equal 1, jobs.size }
  end

  test "a photo that is changed or deleted gets no further job" do
    photo = stored_photo
    before = jobs.size
    photo.update! title: "Sunrise"
    hint(UPDATE) { assert_equal before, jobs.size }

    Photo.find(photo.id).destroy!
    hint("A photo was deleted, and a further job is in the queue.") { assert_equal before, jobs.size }
  end

  test "a photo whose transaction is rolled back gets no job" do
    Photo.transaction do
      stored_photo
      raise ActiveRecord::Rollback
    end

    hint(ROLLBACK) { assert_equal 0, jobs.size }
  end

  test "a rejected upload gets no job" do
    response = upload title: ""

    hint(ORPHAN) { assert_equal 0, jobs.size }
    hint(STATUS) { assert_equal 422, response.status }
  end

  private
    def job_when_changed?(photo)
      photo.update!(title: "Another picture", image: "#{photo.image.b}\n")
      jobs.any?
    end

    def stored_photo
      Photo.create!(title: "Sunset", sample: true)
    rescue ActiveJob::SerializationError
      flunk "The photo had no id yet."
    end

    def upload(title: "Sunset")
      post "/photos", params: { photo: { title:, image: sample_photo } }
    end
end
