class ProcessPhotosLaterCheck < Sandbox::Check
  INLINE =
    "The photo was already processed when the response arrived, and no job is in the queue: " \
    "the work still ran inside the request. Running a job's code is not the same as putting " \
    "the job into the queue."

  BOTH =
    "There is a job in the queue, but the photo was already processed before any worker ran. " \
    "Does the request still do the work itself?"

  NOTHING =
    "The photo is saved, but no job waits in the queue, so no worker will ever hear of it."

  TOO_LARGE =
    "The job carries the picture itself. What is written into the queue should be small: " \
    "enough to find the photo, not the photo."

  MANY =
    "One upload put more than one job into the queue, or a job for a photo that was uploaded before. " \
    "Each photo needs its own job, once."

  LATER =
    "Three photos waited, a worker ran every job that was ready, and not every photo was processed. " \
    "Which of them got a job, and for what time?"

  NO_ID =
    "When the job was enqueued, the photo had no id yet. What has to happen before a worker " \
    "can find it?"

  RAISED =
    "A worker ran the job, and the job raised an error. Compare what the controller passes " \
    "with what perform expects."

  ORPHAN =
    "The upload was rejected, but a job is in the queue: a worker will look for a photo that " \
    "does not exist. When is there something to process?"

  NO_FORM =
    "A rejected upload should bring the form back with the reason on it. This page has no " \
    "form: did an error get in the way?"

  STATUS =
    "A rejected upload was answered with status 200, which says that all went well. Browsers " \
    "and other programs read the status, not the page."

  test "an upload is answered before the photo is processed" do
    response = upload

    error = error_on(response)
    hint(TOO_LARGE) { refute error.match?(/GeneratorError|UploadedFile/), error } # bytes are no JSON
    hint(NO_ID) { refute error.include?("without an id"), error }
    hint "A good upload should be saved and answered with a redirect, as before." do
      assert_includes [ 302, 303 ], response.status
      assert_equal 1, Photo.count
    end
    hint(jobs.empty? ? INLINE : BOTH) { refute Photo.last.processed?, "The photo is processed already." }
    hint(NOTHING) { assert jobs.any?, "The queue is empty." }
  end

  test "one small job waits in the queue" do
    upload
    skip_without_a_job

    hint(MANY) { assert_equal 1, jobs.size }
    hint(TOO_LARGE) { assert_operator size_of(jobs.first.arguments), :<, 1_000 }
    hint(NO_ID) { refute_includes jobs.first.arguments, nil }
  end

  test "a worker processes every photo that waits" do
    3.times { |number| upload title: "Photo #{number}" }
    skip_without_a_job
    hint(MANY) { assert_equal 3, jobs.size }
    drain_jobs

    errors = jobs.filter_map(&:error)
    hint(RAISED) { assert errors.none?, "The job raised: #{errors.first}" }
    hint(LATER) { assert_equal [ true ] * 3, Photo.order(:id).pluck(:processed) }
  end

  test "a rejected upload leaves no job behind" do
    upload title: ""

    hint(ORPHAN) { assert_equal 0, jobs.size }
  end

  test "a rejected upload brings the form back and says that it was rejected" do
    response = upload title: ""

    hint(NO_FORM) { assert response.body.include?(%(name="photo[title]")), "The page has no form." }
    hint(STATUS) { refute_equal 200, response.status }
    hint "Which status says that the server understood the form and could not accept it?" do
      assert_equal 422, response.status
    end
  end

  private
    def upload(title: "Sunset")
      post "/photos", params: { photo: { title:, image: sample_photo } }
    end

    # What Rails' error page says, where the response is one.
    def error_on(response)
      response.body.scan(/<h1>.*?<\/h1>|<div class="message">.*?<\/div>/m).join.gsub(/<[^>]*>/, " ").squish
    end

    def skip_without_a_job
      skip "No job is in the queue yet." if jobs.empty?
    end

    def size_of(arguments)
      ActiveJob::Arguments.serialize(arguments).to_json.bytesize
    end
end
