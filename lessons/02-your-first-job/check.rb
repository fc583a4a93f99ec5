class YourFirstJobCheck < Sandbox::Check
  NO_JOB =
    "This class has no perform_later. Job classes do not define it themselves: where do they get " \
    "it from?"

  NO_PERFORM =
    "The job was in the queue, but the worker found no method to call. It makes a new " \
    "DeliverNewsletterJob and calls one method on that object. Which one?"

  NO_ARGUMENT =
    "The job raised an error when it got the newsletter. What a caller gives to perform_later, " \
    "perform gets: does yours take it?"

  TOO_EARLY =
    "The mails went out at the moment when the job was put into the queue, and no worker had run. " \
    "Which method is called when a worker runs?"

  ANOTHER =
    "Two newsletters exist, and the job sent one that it was not asked to send. How does the job " \
    "know which one it is about?"

  SWALLOWED =
    "The newsletter could not be delivered, and its job finished as if all were well. Nobody will " \
    "notice. What does a worker need to see in order to record a failure?"

  def setup
    super
    Subscriber.create! email: "ada@example.com"
    @first, @second = %w[ First Second ].map { |subject| Newsletter.create!(subject:) }
  end

  test "the job can be put into the queue" do
    hint(NO_JOB) { assert_respond_to DeliverNewsletterJob, :perform_later }
    enqueue @first

    hint(TOO_EARLY) { assert_empty mails }
    hint("No job waits in the queue.") { assert_equal [ "ready" ], jobs.map(&:state) }
  end

  test "a worker delivers the newsletter that the job is about" do
    enqueue @first
    drain_jobs

    hint(NO_PERFORM) { refute errors.include?("NotImplementedError"), errors }
    hint(NO_ARGUMENT) { refute errors.include?("ArgumentError"), errors }
    hint("The job raised an error.") { assert_empty errors }
    hint(ANOTHER) { assert_equal [ false, true ], [ @second, @first ].map { _1.reload.delivered? } }
    hint("The subscriber should get this newsletter once.") { assert_equal [ "First" ], mails.map(&:subject) }
  end

  test "a job that could not deliver does not count as done" do
    Newsletter.update_all subject: "" # no longer valid
    enqueue @first
    drain_jobs

    hint(SWALLOWED) { refute_equal [ "finished" ], jobs.map(&:state) }
  end

  private
    def enqueue(newsletter)
      skip "There is no job yet." unless DeliverNewsletterJob.respond_to?(:perform_later)
      DeliverNewsletterJob.perform_later(newsletter)
    end

    def errors
      jobs.filter_map(&:error).join("\n")
    end
end
