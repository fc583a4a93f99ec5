class JobDataCheck < Sandbox::Check
  ONE_FOR_ALL =
    "One job sends all the mails. When it fails at the third, what happens to those who have " \
    "theirs, and to those who have not, when somebody tries it again?"

  TOO_LARGE =
    "A job carries the text of the newsletter itself, so the queue holds it once for each " \
    "subscriber. What would be enough to find the text?"

  OLD_SUBJECT =
    "The subject was corrected while the jobs waited, and the mails still had the old one. What " \
    "is copied when the job is enqueued, and what is looked up when it runs?"

  OLD_ADDRESS =
    "A subscriber had a new address by the time the job ran, and the mail went to the old one. " \
    "What is copied when the job is enqueued, and what is looked up when it runs?"

  ONE_BY_ONE =
    "Each job was put into the queue with statements of its own. With a hundred thousand " \
    "subscribers the request would take minutes: how can they be written together?"

  NO_ID =
    "An argument of the job has no id yet, so no other process could find it. Which records are " \
    "in the database?"

  NOTHING =
    "The newsletter is saved, but no job is in the queue. A job that has been made is not yet one " \
    "that waits."

  NOW =
    "Mails were sent before the request was answered. Let a worker send them."

  READERS = 6

  def setup
    super
    READERS.times { |number| Subscriber.create!(email: "reader#{number}@example.com") }
  end

  test "a newsletter is put into the queue" do
    response = publish

    hint(NO_ID) { refute_includes response.body, "without an id" }
    hint("A good newsletter should be saved and answered with a redirect, as before.") { assert response.redirect?, response.body[/<h1>(.*?)<\/h1>/m, 1].to_s }
    hint(NOW) { assert_empty mails }
    hint(NOTHING) { assert jobs.any?, "The queue is empty." }
    hint(TOO_LARGE) { assert_operator sizes.max, :<, 1_000 } unless jobs.size < READERS
  end

  test "every subscriber has a job, and gets one mail" do
    publish
    drain_jobs threads: 1

    errors = jobs.filter_map(&:error)
    hint("A job raised an error: #{errors.first}") { assert_empty errors }
    hint(ONE_FOR_ALL) { assert_operator jobs.size, :>=, READERS }
    hint(TOO_LARGE) { assert_operator sizes.max, :<, 1_000 }
    hint("Every subscriber should get the newsletter once.") { assert_equal Subscriber.pluck(:email).sort, mails.flat_map(&:to).sort }
  end

  test "mails show the newsletter and the addresses as they are when they are sent" do
    publish
    Newsletter.last.update!(subject: "First snow")
    Subscriber.last.update!(email: "moved@example.com")
    drain_jobs threads: 1

    hint(OLD_SUBJECT) { assert_equal [ "First snow" ], mails.map(&:subject).uniq }
    hint(OLD_ADDRESS) { assert_includes mails.flat_map(&:to), "moved@example.com" }
  end

  test "the jobs are put into the queue together" do
    publish
    drain_jobs threads: 1

    # Rows that are inserted by one statement have the same time. A job that enqueues the others may come first,
    # and a mail that is delivered later still may come after each.
    all = SolidQueue::Job.pluck(:class_name, :created_at).group_by(&:first).values.select { |rows| rows.size >= READERS }
    skip "There is no job for each subscriber yet." if all.empty?
    hint(ONE_BY_ONE) { assert_operator all.map { |rows| rows.uniq.size }.min, :<=, 2 }
  end

  private
    def publish
      post "/newsletters", params: { newsletter: { subject: "Frist snow", body: "Keep your battery warm. " * 200 } }
    end

    # Bytes of the arguments as they lie in the queue.
    def sizes
      SolidQueue::Job.all.map { |job| job.arguments["arguments"].to_json.bytesize }
    end
end
