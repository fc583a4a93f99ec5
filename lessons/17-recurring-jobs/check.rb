class RecurringJobsCheck < Sandbox::Check
  UNREAD =
    "config/recurring.yml cannot be read: its tasks stand below development:, each with its key, " \
    "and below the key, one step further in, what it runs and when. A schedule that begins with a star needs quotes."

  DROPPED =
    "The file names a task that the scheduler does not know. Solid Queue 1.1 drops a task without " \
    "a word when it finds no such class, or cannot read the schedule. Recurring tasks, in the Jobs panel, " \
    "lists those that it knows."

  NO_SWEEP =
    "The scheduler knows no task for SweepJob. Is there one in the file, and does it stand below the " \
    "environment, as the first one does?"

  RHYTHM =
    "SweepJob does not come every 15 minutes. Recurring tasks, in the Jobs panel, says what became of " \
    "its schedule, and when it comes next."

  LOST =
    "A photo from eleven minutes ago had lost its job, and half an hour later it was still not " \
    "processed."

  YOUNG =
    "A photo that was uploaded less than ten minutes ago was swept up. What is most likely the state of its " \
    "own job?"

  DONE =
    "A photo that had been processed long ago was processed once more, or got another job. Whom " \
    "does the sweeper look for?"

  FINDS_NONE =
    "A photo from eleven minutes ago had lost its job, and the sweeper did not find it. Which photos " \
    "do its conditions name? Try them in the console."

  CHANGED =
    "A photo that had lost its job long ago was given another title just now, and the sweeper did not find it. Which of " \
    "a photo's two times says how old it is?"

  ITSELF =
    "The photo was processed by the sweeper itself. With many photos, its run would take long, and hold " \
    "up what waits behind it. Who can do the work?"

  MARKED =
    "A photo that cannot be processed is marked as processed, so no sweeper will ever find it again. " \
    "When is the mark true?"

  STUCK =
    "One photo is broken, and those behind it were not processed either. The sweeper has only to " \
    "find them: who can do the work, so that each photo fails or succeeds for itself?"

  TWICE =
    "The workers were behind for an hour, so the sweeper found the same photo again each time, and " \
    "the photographer got more than one mail. What should a job do that comes too late?"

  AT_ONCE =
    "Three threads took jobs for one photo in the same moment, and the photographer got more than one mail. What did " \
    "the second one find when it asked, while the first was still at work?"

  test "the scheduler knows every task of the file" do
    start_scheduler
    hint(DROPPED) { assert_equal tasks_of_the_file, SolidQueue::RecurringTask.count }
    hint(NO_SWEEP) { assert tasks("SweepJob").any? }
  end

  test "the sweeper comes every 15 minutes" do
    start_scheduler
    sweep = times("SweepJob")
    hint(RHYTHM) { assert_equal [ 15.minutes.to_i ], sweep.each_cons(2).map { |one, next_one| (next_one - one).to_i }.uniq }
  end

  test "the sweeper finds the photos that were forgotten, and no others" do
    broken, forgotten, changed, done, young = Array.new(5) { forgotten_photo }
    broken.update_columns(image: "not a picture")
    changed.update_columns(title: "Another title", updated_at: Time.current)
    done.update_columns(processed: true)
    young.update_columns(created_at: 9.minutes.ago, updated_at: 9.minutes.ago)
    sweep
    hint(ITSELF) { refute forgotten.reload.processed?, "It is processed, and no worker has run." }
    drain_jobs

    hint(DONE) { refute_includes mails.map(&:subject), subject(done) }
    hint(DONE) { refute_includes swept, done.id }
    hint(YOUNG) { refute young.reload.processed?, "It is processed." }
    hint(MARKED) { refute broken.reload.processed?, "It is marked." }
    hint(@sweep_raised || swept.any? ? STUCK : FINDS_NONE) { assert forgotten.reload.processed?, "It is not processed." }
    hint(CHANGED) { assert changed.reload.processed?, "It is not processed." }
  end

  test "a photo that is swept up several times is processed once" do
    photo = forgotten_photo
    4.times { sweep }
    drain_jobs threads: 1

    hint(LOST) { assert photo.reload.processed? }
    hint(TWICE) { assert_equal 1, mails.count { |mail| mail.subject == subject(photo) } }
  end

  # Their threads have all read the photo before the first of them can have processed it.
  test "it is processed once, also when three threads take its jobs in the same moment" do
    photo = forgotten_photo
    4.times { sweep }
    drain_jobs threads: 3

    hint(LOST) { assert photo.reload.processed? }
    hint(AT_ONCE) { assert_equal 1, mails.count { |mail| mail.subject == subject(photo) } }
  end

  test "a photo whose job was lost is processed half an hour later at the latest" do
    photo = forgotten_photo
    start_scheduler
    advance 31.minutes
    hint(LOST) { wait_until(timeout: 20) { photo.reload.processed? } }
  end

  private
    def start_scheduler
      hint(UNREAD) { start_jobs }
    end

    def tasks_of_the_file
      tasks = ActiveSupport::ConfigurationFile.parse(Rails.root.join("config/recurring.yml"))
      tasks.fetch("development", tasks).to_h.size
    end

    def tasks(name)
      SolidQueue::RecurringTask.all.select { |task| [ task.class_name, task.command.to_s[/\w+/] ].include?(name) }
    end

    # The first six times of the job in the new year, in seconds. Several tasks may share it.
    def times(name)
      skip "The scheduler does not know it." if tasks(name).empty?

      tasks(name).flat_map { |task| times_of(task) }.sort.first(6)
    end

    def times_of(task)
      time = EtOrbi::EoTime.parse("2027-01-01 00:00")
      Array.new(6) { (time = Fugit.parse(task.schedule).next_time(time)).to_f }
    end

    # A photo from eleven minutes ago whose job was lost.
    def forgotten_photo
      @number = @number.to_i + 1
      Photo.create!(title: "Photo #{@number}", sample: true).tap do |photo|
        SolidQueue::Job.where(class_name: "PhotoProcessingJob").last.destroy!
        photo.update_columns(created_at: 11.minutes.ago, updated_at: 11.minutes.ago)
      end
    end

    def sweep
      SweepJob.perform_now
    rescue StandardError => error
      @sweep_raised = true
      puts "SweepJob raised #{error.message}" # what it has done until then counts
    end

    def swept
      jobs.filter_map { |job| job.arguments.first }.map { |photo| photo.try(:id) || photo }
    end

    def subject(photo)
      PhotoMailer.processed(photo).subject
    end
end
