class OneDatabaseOrTwoCheck < Sandbox::Check
  ELSEWHERE =
    "The queue of your app is in the app's own database. Press “Put it back” above, or undo it in " \
    "config/environments/development.rb. This exercise is about two databases."

  INLINE =
    "A mail was sent by the process that imports, before any worker had run. A mail server that is slow keeps " \
    "the whole transaction open. Let a worker do it."

  NOTHING =
    "An album was imported, and a worker had nothing to do for its photos."

  RACE =
    "A worker took the job of a photo while the import was still open, and did not find the photo. Which of " \
    "the jobs in this import speak of something that other processes cannot see yet?"

  CONFIGURED =
    "A worker took the job of a photo while the import was still open, and did not find the photo. The " \
    "setting stands in config, but Rails 8.0.2 reads nothing there but the old value :always, and warns. Where do " \
    "job classes say it themselves?"

  CLOCK =
    "A job waits for a time, or was tried more than once. How long does a transaction last? Nobody knows."

  LOST =
    "All jobs have finished, and an imported photo is not processed. Its job came before the commit, found " \
    "nothing and said nothing."

  ORPHAN =
    "The transaction was rolled back, no photo is left of it, and a job for a photo is in the queue."

  SILENT =
    "The transaction was rolled back, and the office has not been told of the attempt. AttemptJob was " \
    "waiting too, for a commit that never came. Does it speak of a photo?"

  PROMISE =
    "A mail told the agency that its photos are here, before the commit or although none came. A setting in " \
    "ApplicationJob is inherited by its children. Which class is the job of a mail, and is it one of them?"

  OUTER =
    "The import was part of a larger transaction, and the job of a photo was in the queue before that " \
    "transaction was committed. Where does a transaction inside another one end?"

  THANKS =
    "An album was imported. The agency should get one mail, and the office should be told once."

  ONE_EACH =
    "Every photo should get exactly one job, whether it was imported or uploaded."

  HALF =
    "An import broke off, and a photo of it is left behind. What holds the photos together?"

  AGENCY = "agency@example.com"
  OFFICE = "office@example.com"

  test "the queue has a database of its own" do
    hint(ELSEWHERE) { assert own_database? }
  end

  test "a worker that is waiting processes every photo of an import" do
    skip_unless_own_database

    start_jobs
    titles = %w[ Sea Sun Sand ]
    Album.import(titles, from: AGENCY) do
      let_the_worker_work # the picture comes from far away
      picture
    end
    let_the_worker_work

    hint(NOTHING) { assert_predicate photo_jobs, :any?, "There is no job for a photo." }
    hint(configured_in_vain? ? CONFIGURED : RACE) { assert_empty jobs.filter_map(&:error) }
    hint(ONE_EACH) { assert_operator photo_jobs.uniq(&:active_job_id).size, :<=, titles.size }
    hint(CLOCK) { assert_equal [ titles.size, 0 ], [ photo_jobs.size, jobs.count { |job| job.state == "scheduled" } ] }
    hint(LOST) { assert Photo.all.all?(&:processed?), "A photo is not processed." }
    hint(THANKS) { assert_equal [ AGENCY, OFFICE ], told.sort }
  end

  test "of an import that breaks off, the office alone is told" do
    skip_unless_own_database

    assert_raises(IOError) do
      Album.import(%w[ Sea Broken ], from: AGENCY) do |title|
        title == "Broken" ? raise(IOError, "The picture did not come.") : picture
      end
    end

    hint(HALF) { assert_equal 0, Photo.count }
    expect_only_the_attempt
  end

  test "an import may be a part of a larger transaction" do
    skip_unless_own_database

    Photo.transaction do
      Album.import(%w[ Sea Sun ], from: AGENCY) { picture }
      hint(INLINE) { assert_empty told }
      drain_jobs
      hint(OUTER) { assert_empty photo_jobs }
      hint(PROMISE) { assert_empty told - [ OFFICE ] }
    end
    drain_jobs

    hint(LOST) { assert_equal [ true, true ], Photo.all.map(&:processed?) }
    hint(THANKS) { assert_equal [ AGENCY, OFFICE ], told.sort }
  end

  test "and that transaction may be rolled back" do
    skip_unless_own_database

    Photo.transaction do
      Album.import(%w[ Sea Sun ], from: AGENCY) { picture }
      raise ActiveRecord::Rollback
    end

    hint(HALF) { assert_equal 0, Photo.count }
    expect_only_the_attempt
  end

  test "a photo that is uploaded gets one job" do
    skip_unless_own_database

    post "/photos", params: { photo: { title: "Sunset", image: sample_photo } }
    hint(ONE_EACH) { assert_equal 1, photo_jobs.size }
  end

  private
    def own_database?
      SolidQueue::Record.connection_db_config.name == "queue"
    end

    def skip_unless_own_database
      skip "The queue is in the app's database." unless own_database?
    end

    def configured_in_vain?
      Rails.application.config.active_job[:enqueue_after_transaction_commit] == true
    end

    def expect_only_the_attempt
      hint(INLINE) { assert_empty told }
      hint(ORPHAN) { assert_empty photo_jobs }
      drain_jobs
      hint(PROMISE) { assert_empty told - [ OFFICE ] }
      hint(SILENT) { assert_equal [ OFFICE ], told }
    end

    # Whom the mails of this test went to.
    def told
      mails.flat_map(&:to)
    end

    def photo_jobs
      jobs.select { |job| job.class_name == "PhotoProcessingJob" }
    end

    def picture
      sample_photo.read
    end

    # Until the worker has done all that it can see. A job that sleeps need not be waited for.
    def let_the_worker_work
      wait_until(timeout: 60) do
        states = jobs.map(&:state)
        advance 1 if states.include?("claimed")
        states.intersection(%w[ ready claimed ]).empty?
      end
    end
end
