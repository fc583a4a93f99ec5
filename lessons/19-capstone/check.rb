class CapstoneCheck < Sandbox::Check
  RACE =
    "Two photos were imported in a transaction that took a moment, and a worker looked for them " \
    "too early. When is a job allowed to be seen?"

  RACE_LOST =
    "Two photos were imported in a transaction that took a moment. All jobs have ended, and the " \
    "photos are not processed: they came too early, and then nobody cared."

  SWALLOWED =
    "A photo is not processed, and its job is finished. Who has caught the error, and who would " \
    "have wanted to know of it?"

  BUSY =
    "The tagger was busy twice, and a photo is still not processed. Such an error passes: what " \
    "can a job class say about it?"

  GAVE_UP =
    "The tagger was busy twice, and the job gave up before it was free. How many runs does your " \
    "retry allow?"

  HIDDEN =
    "A file that is no picture left no failed job, so nobody will ever look at it. Which errors do " \
    "you expect, and which do you not?"

  IN_VAIN =
    "A file that is no picture was tried again, and it will never be one. Which errors does your " \
    "retry name?"

  UNSERVED =
    "A job waits in a queue, and no worker takes it. Which queues do the workers of config/queue.yml " \
    "work for?"

  NO_MAIL =
    "A photo is processed, and the photographer has heard nothing."

  MANY_MAILS =
    "The tagger was busy twice, and the photographer got more than one mail for one photo. What " \
    "does a retry do again?"

  SECOND_JOB =
    "A photo had two jobs, its own and one from the sweeper, and the photographer got two mails. What " \
    "does the second job find when its turn comes, and what is left to do for it?"

  TOO_EARLY =
    "A mail says that a photo is ready, and it is not: processing it has failed. What should " \
    "happen first?"

  AGAIN =
    "A photo was processed and announced. Then its title was changed, and the photographer got the mail " \
    "once more. Which change is worth a mail?"

  NO_SWEEPER =
    "The scheduler knows no task. Compare config/recurring.yml with the names of your classes: Solid Queue " \
    "1.1 says nothing when a class does not exist."

  RHYTHM =
    "No recurring task comes every 15 minutes. Ask the cron explorer for the next runs of your schedule, " \
    "and look at the gaps."

  NOT_SWEPT =
    "A photo from twenty minutes ago had lost its job. The recurring task has run, and the photo is " \
    "still not processed."

  test "photos of a slow import are processed, though a worker is waiting" do
    start_jobs
    Photo.transaction do
      2.times { new_photo }
      settle # whatever a worker can see already, it takes
    end
    settle

    hint(RACE) { assert_empty jobs.filter_map(&:error) }
    hint(RACE) { assert jobs.none? { |job| job.state == "scheduled" || job.executions.to_i > 0 }, "A job is tried again." }
    hint(UNSERVED) { assert jobs.none? { |job| processing?(job) && job.state == "ready" }, "A PhotoProcessingJob is still ready." }
    hint(RACE_LOST) { assert Photo.all.all?(&:processed?), "A photo is not processed." }
  end

  test "a photo is processed though the tagger is busy, and announced once" do
    Tagger.create!(busy_for: 2)
    photo = new_photo
    start_jobs
    run_every_attempt

    hint(SWALLOWED) { assert photo.reload.processed? || jobs.any?(&:error), "It is not processed, and no job failed." }
    hint(jobs.many? { |job| processing?(job) } ? GAVE_UP : BUSY) { assert photo.reload.processed?, "It is not processed." }
    hint(UNSERVED) { assert jobs.none? { |job| job.state == "ready" }, "A job is still ready." }
    hint(NO_MAIL) { assert mails.any?, "No mail was sent." }
    hint(MANY_MAILS) { assert_equal 1, mails.size }

    photo.update!(title: "Sunset at sea")
    run_every_attempt
    hint(AGAIN) { assert_equal 1, mails.size }
  end

  test "a file that is no picture fails, where somebody can see it" do
    new_photo.update_columns(image: "not a picture")
    start_jobs
    run_every_attempt

    hint(TOO_EARLY) { assert_empty mails }
    hint(IN_VAIN) { assert_equal 1, jobs.count { |job| processing?(job) } }
    hint(HIDDEN) { assert_equal 1, jobs.count { |job| job.state == "failed" } }
  end

  test "the sweeper comes, and finds a photo whose job was lost" do
    photo = new_photo
    SolidQueue::Job.destroy_all
    photo.update_columns(created_at: 20.minutes.ago, updated_at: 20.minutes.ago)
    start_jobs

    hint(NO_SWEEPER) { assert SolidQueue::RecurringTask.any?, "There is no recurring task." }
    hint(RHYTHM) { assert_includes gaps, [ 15.minutes.to_i ] }
    enqueue_tasks
    settle
    hint(UNSERVED) { assert jobs.none? { |job| job.state == "ready" }, "A job is still ready." }
    hint(NOT_SWEPT) { assert photo.reload.processed?, "It is not processed." }
  end

  test "a photo that has two jobs is announced once", limit: 80 do
    photo = new_photo
    photo.update_columns(created_at: 20.minutes.ago, updated_at: 20.minutes.ago)
    sweep_before_any_worker
    start_jobs threads: 1
    run_every_attempt

    hint(SECOND_JOB) { assert_equal 1, mails.size }
  end

  private
    # As the scheduler does when it is time.
    def enqueue_tasks
      SolidQueue::RecurringTask.all.each { |task| task.enqueue(at: Time.current) }
    end

    # The recurring tasks run here, while every other job still waits.
    def sweep_before_any_worker
      waiting = SolidQueue::Job.ids
      scheduler = start_jobs(queues: %w[ nobody ])
      enqueue_tasks
      scheduler.term
      scheduler.wait

      SolidQueue::Job.where.not(id: waiting).each do |sweep|
        sweep.destroy!
        ActiveJob::Base.execute(sweep.arguments)
      end
    end

    # Seconds between the next times, for each class or command that recurs.
    def gaps
      SolidQueue::RecurringTask.all.group_by { |task| [ task.class_name, task.command ] }.values.map do |tasks|
        times = tasks.flat_map { |task| times_of(task) }.sort.first(6)
        times.each_cons(2).map { |one, next_one| (next_one - one).round }.uniq
      end
    end

    # In seconds.
    def times_of(task)
      time = EtOrbi::EoTime.parse("2027-01-04 00:00 UTC")
      Array.new(6) { (time = Fugit.parse(task.schedule).next_time(time)).to_f }
    end

    def processing?(job)
      job.class_name == "PhotoProcessingJob"
    end

    def new_photo
      Photo.create!(title: "Sunset", sample: true)
    end

    # Waits until nothing is left to do, for workers who may not serve all queues.
    def settle
      wait_until(timeout: 40) { jobs.none? { |job| job.state == "claimed" || (job.state == "ready" && served?(job.queue_name)) } }
    end

    # Nobody waits for a retry: it is dispatched as if its time had come.
    def run_every_attempt
      12.times do
        settle
        break if SolidQueue::ScheduledExecution.none?

        SolidQueue::ScheduledExecution.update_all(scheduled_at: 1.second.ago)
        SolidQueue::ScheduledExecution.dispatch_next_batch(10)
      end
    end
end
