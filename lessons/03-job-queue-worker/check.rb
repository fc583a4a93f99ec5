class JobQueueWorkerCheck < Sandbox::Check
  UNSERVED =
    "A job waits in a queue that no worker takes jobs from. It will wait for ever. Compare the " \
    "names in your job classes with those in config/queue.yml."

  ONE_TEXT =
    "A job waits in a queue that no worker takes jobs from. To Solid Queue 1.1 a text with commas is one " \
    "long name. How does YAML write a list?"

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

  STAR =
    "#{ORDER} Its queue is listed first, but there is a \"*\" in the list too. What does a worker with " \
    "a \"*\" make of the names beside it?"

  ONE_LINE =
    "#{ORDER} More hands make the line shorter, but it is still one line. How does a worker choose " \
    "the next job?"

  SAME =
    "#{ORDER} All of them wait in one queue, with one priority. How does a worker choose the next " \
    "job then?"

  DEFERRED =
    "#{ORDER} Its job ran early enough, but it did not send anything. What does deliver_later do, " \
    "and when is its turn?"

  SUBJECT = "Autumn"
  MAILS = 20 # more than any worker has threads

  test "every job is in a queue that a worker serves" do
    enqueue_all
    start_jobs

    hint(unserved) { assert_empty jobs.map(&:queue_name).uniq.reject { |name| served?(name) } }
  end

  test "the link to sign in does not wait for the newsletter", limit: 80 do
    enqueue_all
    skip "Some jobs are not served." unless all_served?
    hint(UNSERVED) { wait_until(timeout: 60) { jobs.none? { |job| %w[ ready claimed ].include?(job.state) } } }
    hint("Not every mail was sent.") { assert_equal MAILS + 1, mails.size }

    # When its turn comes, as many mails as there are other threads may be under way already, and a worker of
    # its own may begin a little after the others.
    before = mails.index { |mail| mail.subject != SUBJECT }
    hint(reason) { assert_operator before, :<, [ threads, MAILS / 4 ].max }
  end

  private
    def enqueue_all
      newsletter = Newsletter.create!(subject: SUBJECT)
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

    def unserved
      worker_queues.any? { |name| name.include?(",") } ? ONE_TEXT : UNSERVED
    end

    # Of all workers together.
    def threads
      workers.sum { |worker| worker.metadata["thread_pool_size"] }
    end

    def reason
      return DEFERRED if jobs.any? { |job| job.class_name == "ActionMailer::MailDeliveryJob" }

      link, mail = %w[ SignInLinkJob NewsletterMailJob ].map { |name| jobs.find { _1.class_name == name } }
      return NUMBER if link.priority > mail.priority
      return threads > 1 ? ONE_LINE : SAME if link.queue_name == mail.queue_name

      lists = workers.map { |worker| worker.metadata["queues"].split(",") }.select { |names| names.include?("*") }
      return REVERSED if lists.empty?

      lists.any?(&:many?) ? STAR : NAME
    end
end
