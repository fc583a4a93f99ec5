class ReadingAScheduleCheck < Sandbox::Check
  CUSTOMERS = %w[ DigestJob ImportJob InvoiceJob BlackCatJob ReportJob ]

  UNREAD =
    "config/recurring.yml cannot be read: its tasks stand below development:, each with its key, " \
    "and below the key, one step further in, what it runs and when."

  ONE_KEY =
    "A key stands twice in the file. Of two tasks with the same key YAML keeps the later one, and says nothing " \
    "of the other."

  DROPPED =
    "The file names a task that the scheduler does not know. Solid Queue 1.1 drops a task without a word when " \
    "it finds no such class, or when its schedule is none to Fugit. What does the cron explorer say of it?"

  MISSING =
    "For one of the five customers the scheduler knows no task at all."

  OTHERS =
    "The scheduler knows a task that no customer asked for."

  ZONE =
    "In Berlin it is not this hour, in winter, in summer, or in both. Whose clock does a schedule follow that " \
    "names none, and what does that clock do in March and October?"

  TWO_AT_ONCE =
    "Two tasks enqueue the same job for the same day, or the same moment. Does the first draft of one still stand " \
    "in the file?"

  WEEKEND =
    "The digest is also sent at the weekend."

  DIGEST =
    "The digest is not sent once at 9 on every day from Monday to Friday."

  STEP =
    "New pictures are fetched every hour. Cron counts anew when an hour begins, so no step of minutes " \
    "is longer than that. Write down the times of one morning, from midnight on: can one line name them all?"

  EACH_WITH_EACH =
    "Between two imports lie thirty minutes, then more than ninety. A line takes each of its minutes in each " \
    "of its hours: it does not make pairs of them."

  GAPS =
    "Between two imports there are not always ninety minutes. Lay the times of all your lines side by side, for a whole day " \
    "and the night after it."

  CLOCKS_CHANGE =
    "In a night when the clocks of Berlin change, there are not ninety minutes between two imports. This customer named no " \
    "hour, so whose clock should these tasks follow?"

  FIRST_ALONE =
    "The invoices go out on the 1st alone. Fugit knows some English, and leaves out what it does not know. Which line of " \
    "cron does it make of yours?"

  COUNTED_DAYS =
    "The invoices go out on other days too. A step of days counts from the first one to the end of the month."

  INVOICES =
    "The invoices do not go out on the 1st and the 15th, at half past six in the morning."

  EITHER =
    "The black cat also comes on days that are only one of the two: a Friday, or a 13th. By which word does cron " \
    "join the two fields for days?"

  SECOND_FRIDAY =
    "The black cat comes on one Friday of each month. How often is that one the 13th?"

  CAT =
    "The black cat does not come at noon on each Friday the 13th."

  SHORT_MONTHS =
    "In a month that is too short for this day, there is no report."

  LEAP_YEAR =
    "In 2028 the report for February comes a day too early. Its last day is not the same in every year."

  BEFORE_THE_LAST =
    "In some months the report comes more than once: the days before the last one fit your schedule as well."

  REPORT =
    "The report is not written at six in the evening on the last day of each month."

  test "the scheduler knows all tasks, and each is somebody's wish" do
    hint(UNREAD) { start_jobs }
    hint(ONE_KEY) { assert_empty keys_written_twice }
    hint(DROPPED) { assert_empty tasks_of_the_file.keys - SolidQueue::RecurringTask.pluck(:key), "It does not know these" }
    hint(MISSING) { assert_empty CUSTOMERS - known, "There is no task for these" }
    hint(OTHERS) { assert_empty known - CUSTOMERS, "Nobody asked for these" }
  end

  # On the Sunday in between, the clocks of Berlin go forward.
  test "the digest: from Monday to Friday, at nine in the morning" do
    runs = runs_of("DigestJob", from: "2027-03-21 12:00", count: 6)
    hint(TWO_AT_ONCE) { refute_twice runs.map(&:to_date) }
    hint(WEEKEND) { assert_empty runs.select(&:on_weekend?).map(&:to_s), "At the weekend" }
    hint(ZONE) { assert_same_hour runs }
    hint(DIGEST) { assert_runs %w[ 03-22 03-23 03-24 03-25 03-26 03-29 ].map { |day| "#{day} 09:00" }, runs }
  end

  test "new pictures: every ninety minutes, day and night" do
    runs = runs_of("ImportJob", from: "2027-01-04 00:00", count: 20)
    gaps = minutes_between(runs)
    hint(TWO_AT_ONCE) { refute_twice runs }
    hint(STEP) { refute_equal [ 60 ], gaps.uniq, "Minutes between two runs" }
    hint(EACH_WITH_EACH) { refute gaps.include?(30) && gaps.max > 90, "Minutes between two runs: #{gaps.uniq.join(", ")}." }
    hint(GAPS) { assert_equal [ 90 ], gaps.uniq, "Minutes between two runs" }
    %w[ 2027-03-27 2027-10-30 ].each do |day|
      runs = runs_of("ImportJob", from: "#{day} 12:00", count: 20)
      hint(CLOCKS_CHANGE) { assert_equal [ 90 ], minutes_between(runs).uniq, "Minutes between two runs, from #{day} on" }
    end
  end

  test "the invoices: on the 1st and the 15th, at half past six in the morning" do
    runs = runs_of("InvoiceJob", from: "2027-03-10 12:00", count: 4)
    hint(TWO_AT_ONCE) { refute_twice runs.map(&:to_date) }
    hint(FIRST_ALONE) { refute_equal [ 1 ], runs.map(&:day).uniq, "Days of the month" }
    hint(COUNTED_DAYS) { assert_empty runs.map(&:day) - [ 1, 15 ], "Other days of the month" }
    hint(ZONE) { assert_same_hour runs }
    hint(INVOICES) { assert_runs [ "03-15 06:30", "04-01 06:30", "04-15 06:30", "05-01 06:30" ], runs }
  end

  test "the black cat: on each Friday the 13th, at noon" do
    runs = runs_of("BlackCatJob", from: "2026-10-20 12:00", count: 2)
    strays = runs.reject { |run| run.friday? && run.day == 13 }
    each_month = runs.all?(&:friday?) && runs.map(&:month) == runs.map(&:month).uniq
    hint(TWO_AT_ONCE) { refute_twice runs.map(&:to_date) }
    hint(each_month ? SECOND_FRIDAY : EITHER) { assert_empty strays.map(&:to_date).map(&:to_s), "Other days" }
    hint(ZONE) { assert_same_hour runs }
    hint(CAT) { assert_runs [ "11-13 12:00", "08-13 12:00" ], runs }
  end

  test "the report: on the last day of each month, at six in the evening" do
    last_days = (Date.new(2027, 2)..Date.new(2028, 2)).map(&:end_of_month).uniq
    expected = last_days.map { |day| day.strftime("%m-%d 18:00") }
    runs = runs_of("ReportJob", from: "2027-02-10 12:00", count: expected.size)
    hint(TWO_AT_ONCE) { refute_twice runs.map(&:to_date) }
    hint(BEFORE_THE_LAST) { assert_empty more_than_once(runs.map { |run| run.strftime("%Y-%m") }), "Months with more than one" }
    hint(SHORT_MONTHS) { assert_equal last_days.map(&:month), runs.map(&:month), "The months that have one" }
    hint(ZONE) { assert_same_hour runs }
    hint(written(runs)[...-1] == expected[...-1] ? LEAP_YEAR : REPORT) { assert_runs expected, runs }
  end

  private
    def tasks_of_the_file
      tasks = ActiveSupport::ConfigurationFile.parse(Rails.root.join("config/recurring.yml"))
      tasks.fetch("development", tasks).to_h
    end

    def keys_written_twice
      document = Psych.parse(ERB.new(Rails.root.join("config/recurring.yml").read).result)
      mappings = document ? document.grep(Psych::Nodes::Mapping) : [] # false for an empty file
      mappings.flat_map { |mapping| more_than_once(mapping.children.each_slice(2).map { |key, _| key.value }) }
    end

    # The job classes of the scheduler's tasks.
    def known
      SolidQueue::RecurringTask.all.map { |task| job_of(task) }.uniq
    end

    def job_of(task)
      task.class_name || task.command.to_s[/\w+/]
    end

    # What a scheduler gets to do; the first test has seen a real one do it.
    def scheduled_tasks
      processes = hint(UNREAD) { SolidQueue::Configuration.new.configured_processes }
      processes.select { |process| process.kind == :scheduler }.flat_map { |process| process.attributes[:recurring_tasks] }
    end

    # The first runs of a job after +from+, by the clocks of Berlin. Several tasks may share it.
    def runs_of(job, from:, count:)
      tasks = scheduled_tasks.select { |task| job_of(task) == job }
      skip "The scheduler does not know it." if tasks.empty?

      berlin = Time.find_zone!("Europe/Berlin")
      tasks.flat_map { |task| times_of(task, "#{from} Europe/Berlin", count) }.sort.first(count).map { |time| berlin.at(time) }
    end

    # In seconds.
    def times_of(task, from, count)
      time = EtOrbi::EoTime.parse(from)
      Array.new(count) { (time = Fugit.parse(task.schedule).next_time(time)).to_f }
    end

    # Of real time, whatever the clocks say.
    def minutes_between(runs)
      runs.each_cons(2).map { |one, other| ((other - one) / 60).round }
    end

    def refute_twice(times)
      assert_empty more_than_once(times).map(&:to_s), "Twice"
    end

    def more_than_once(values)
      values.tally.select { |_, times| times > 1 }.keys
    end

    def assert_same_hour(runs)
      assert_equal 1, runs.map(&:hour).uniq.size, "Different hours in Berlin: #{list(runs)}"
    end

    def assert_runs(expected, runs)
      assert_equal expected, written(runs)
    end

    def written(runs)
      runs.map { |run| run.strftime("%m-%d %H:%M") }
    end

    def list(runs)
      runs.map { |run| run.strftime("%a %-d %b %Y, %H:%M") }.join("; ")
    end
end
