class AfterCommitOrAfterSaveCheck < Sandbox::Check
  ELSEWHERE =
    "The queue of your app is in the app's own database at the moment, where this mistake cannot " \
    "be seen. Let config/environments/development.rb be as it was: the next lesson is about that."

  NOTHING =
    "An album was imported, and no job is in the queue for its photos."

  RACE =
    "A worker took a job while the import was still open, and did not find the photo. The photo " \
    "is there now, and nobody will process it. When is a job allowed to be seen?"

  CLOCK =
    "A job waits for a time, or was tried more than once. How long does a transaction last? " \
    "Nobody knows, so a waiting time makes this rarer, but not right."

  LOST =
    "All jobs have finished, and an imported photo is not processed: its job came too early, " \
    "found nothing, and said nothing. Now it is lost."

  INLINE =
    "The photos were processed while they were imported, inside the transaction. That is the wait " \
    "which jobs are there to avoid."

  ORPHAN =
    "The import was rolled back, no photo is left of it, but a job is in the queue. What does the " \
    "queue know about a rollback in another database?"

  OUTER =
    "The import was called inside a transaction of somebody else, and its job was in the queue " \
    "before that transaction was committed. Where does a transaction inside another one end?"

  ONE_EACH =
    "Every photo should get exactly one job, whether it was imported, uploaded or created alone."

  LOOP =
    "A few photos were imported, and their jobs ran again and again. The job saves the photo too: what " \
    "does your callback do then?"

  HALF =
    "An import broke off, and a photo of it is left behind. All of the album, or nothing of it: what " \
    "holds the photos together?"

  MANY = 12 # jobs: no right answer makes so many of three photos

  test "the queue has a database of its own" do
    hint(ELSEWHERE) { assert_equal "queue", SolidQueue::Record.connection_db_config.name }
  end

  test "a worker that is waiting processes every photo of an import" do
    skip "The queue is in the app's database." unless SolidQueue::Record.connection_db_config.name == "queue"

    start_jobs
    titles = %w[ Sea Sun Sand ]
    Photo.import(titles) do
      let_the_worker_work # the picture comes from far away
      picture
    end
    hint(INLINE) { refute Photo.all.all?(&:processed?) && jobs.empty?, "The photos are processed already." }
    let_the_worker_work

    hint(LOOP) { assert_operator jobs.size, :<, MANY }
    hint(NOTHING) { assert jobs.any?, "The queue is empty." }
    hint(RACE) { assert_empty jobs.filter_map(&:error) }
    hint(CLOCK) { assert_equal [ titles.size, 0 ], [ jobs.size, jobs.count { |job| job.state == "scheduled" } ] }
    hint(LOST) { assert Photo.all.all?(&:processed?), "A photo is not processed." }
  end

  test "an import that is rolled back leaves no job" do
    assert_raises(IOError) do
      Photo.import(%w[ Sea Broken ]) { |title| title == "Broken" ? raise(IOError, "The picture did not come.") : picture }
    end

    hint(HALF) { assert_equal 0, Photo.count }
    hint(ORPHAN) { assert_equal 0, jobs.size }
  end

  test "an import may be a part of a larger transaction" do
    Photo.transaction do
      Photo.import(%w[ Sea Sun ]) { picture }
      hint(OUTER) { assert_equal 0, SolidQueue::Job.count }
    end

    hint(ONE_EACH) { assert_equal 2, jobs.size }
  end

  test "a photo that is created alone gets one job" do
    Photo.create!(title: "Sunset", sample: true)
    hint(ONE_EACH) { assert_equal 1, jobs.size }

    post "/photos", params: { photo: { title: "Sunset", image: sample_photo } }
    hint(ONE_EACH) { assert_equal 2, jobs.size }
  end

  private
    def picture
      sample_photo.read
    end

    # Until the worker has done all that it can see. A job that sleeps need not be waited for, and an endless
    # chain of them neither.
    def let_the_worker_work
      wait_until(timeout: 60) do
        states = jobs.map(&:state)
        next true if states.size >= MANY

        advance 1 if states.include?("claimed")
        states.intersection(%w[ ready claimed ]).empty?
      end
    end
end
