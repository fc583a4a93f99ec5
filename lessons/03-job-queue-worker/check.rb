class JobQueueWorkerCheck < Sandbox::Check
  UNSERVED =
    "A job waits in a queue that no worker takes jobs from. It will wait for ever. Compare the " \
    "names in your job classes with those in config/queue.yml."

  ORDER =
    "The link to sign in was sent after newsletter mails that had waited longer, but matter less."

  NUMBER =
    "#{ORDER} Its priority is a number larger than theirs. What does Solid Queue take first, the " \
    "small number or the large one?"

  NAME =
    "#{ORDER} It waits in a queue of its own, but a worker for \"*\" does not know that this queue " \
    "is special. Where would you tell it?"

  REVERSED =
    "#{ORDER} It waits in a queue of its own, and a worker takes the queues in the order in which " \
    "they are listed. Which one is listed first?"

  ONE_LINE =
    "#{ORDER} More hands make the line shorter, but it is still one line. How does a worker choose " \
    "the next job?"

  MAILS = 8

  test "every job is in a queue that a worker serves" do
    enqueue_all
    start_jobs

    hint(UNSERVED) { assert_empty jobs.map(&:queue_name).uniq.reject { |name| served?(name) } }
  end

  test "the link to sign in does not wait for the newsletter" do
    enqueue_all
    skip "Some jobs are not served." unless all_served?
    hint("Some jobs did not come to their end.") { wait_until(timeout: 60) { done.size == MAILS + 1 } }

    # A worker of its own for links is as good: then as many others are under way as there are workers.
    hint(reason) { assert_operator done.index("SignInLinkJob"), :<, workers.size }
  end

  private
    def enqueue_all
      newsletter = Newsletter.create!(subject: "Autumn")
      ada = Subscriber.create!(email: "ada@example.com")
      MAILS.times { NewsletterMailJob.perform_later(newsletter, ada) }
      SignInLinkJob.perform_later(ada)
    end

    def all_served?
      start_jobs
      jobs.all? { |job| served?(job.queue_name) }
    end

    def workers
      SolidQueue::Process.where(kind: "Worker")
    end

    def served?(queue)
      workers.flat_map { |worker| worker.metadata["queues"].split(",") }.any? { |name| File.fnmatch(name, queue) }
    end

    # Classes of the finished jobs, in the order in which they finished.
    def done
      SolidQueue::Job.where.not(finished_at: nil).order(:finished_at).pluck(:class_name)
    end

    def reason
      link, mail = %w[ SignInLinkJob NewsletterMailJob ].map { |name| jobs.find { _1.class_name == name } }
      return NUMBER if link.priority > mail.priority
      return ONE_LINE if link.queue_name == mail.queue_name

      workers.any? { _1.metadata["queues"].include?("*") } ? NAME : REVERSED
    end
end
