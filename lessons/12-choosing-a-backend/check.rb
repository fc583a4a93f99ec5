class ChoosingABackendCheck < Sandbox::Check
  NOTHING =
    "Somebody has booked, and the queue's database holds neither tickets nor reminder. A restart now, " \
    "and nobody knows of them any more."

  MAIL =
    "The reminder waits in the queue's database, but the mail with the tickets does not. To whose child did " \
    "you give the adapter, and whose child is the job that deliver_later makes?"

  REMINDER =
    "The reminder does not wait in the queue's database. Where does its class get its adapter from?"

  AT_ONCE =
    "The reminder does not wait for the next day. Whoever has booked a minute ago needs none."

  UNSERVED =
    "What the booking needs is in the queue's database, and no worker of config/queue.yml will take all " \
    "of it. :async has one list for all queues. What does Solid Queue make of a queue's name?"

  NOT_COUNTED =
    "Somebody has booked, no worker runs, and the page has no number of free seats. Which process does " \
    "CountSeatsJob wait for now? And in whose memory would the number be, if that process counted?"

  WAITED =
    "Whoever books now waits for ten seconds, until the seats are counted. To run in the web process is " \
    "one thing. To run inside of a request is another."

  PAGE_WAITED =
    "Whoever opens the page now waits for ten seconds, until the seats are counted. It was the job that " \
    "spared them that. Who counts, and where does the page look?"

  FAILED = "A job raised an error, or its worker was killed. The Jobs panel would show it as failed."

  test "tickets and reminder wait in the queue's database" do
    response = book

    hint("The booking was answered with an error, #{response.error&.fetch(:className)}.") { assert response.redirect?, "The answer was #{response.status}." }
    hint(NOTHING) { assert tickets || reminder, "No job for them is in the queue." }
    hint(MAIL) { assert tickets, "No job for a mail is in the queue." }
    hint(REMINDER) { assert reminder, "No ReminderJob is in the queue." }
    hint(AT_ONCE) { assert_equal "scheduled", reminder.state }
  end

  test "the workers of config/queue.yml do both, each once", limit: 80 do
    book
    skip "Not both wait in the queue's database." unless tickets && reminder
    hint(UNSERVED) { assert_empty [ tickets, reminder ].map(&:queue_name).reject { |queue| served?(queue) } }

    work_until { tickets }
    hint(FAILED) { assert_empty [ tickets, reminder ].filter_map(&:error) }
    hint("A worker took the mail, and the tickets were not sent, or twice.") { assert_equal [ [ "ada@example.com" ] ], mails.map(&:to) }
    hint(AT_ONCE) { assert_equal 0, Booking.last.reminders }

    advance 1.day
    work_until { reminder }
    hint(FAILED) { assert_empty [ tickets, reminder ].filter_map(&:error) }
    hint("A day went by, and nobody was reminded, or twice.") { assert_equal 1, Booking.last.reminders }
    hint("A day went by, and the tickets were sent once more.") { assert_equal 1, mails.size }
  end

  test "the seats are counted beside the requests, and no worker is needed" do
    hint(PAGE_WAITED) { assert_operator seconds { get "/" }, :<, 10 }
    hint(WAITED) { assert_operator seconds { book seats: 3 }, :<, 10 }

    advance 10
    hint(NOT_COUNTED) { wait_until(timeout: 15) { get("/").body.include?("<strong>57</strong>") } }
  end

  private
    def book(seats: 2)
      post "/bookings", params: { booking: { email: "ada@example.com", seats: } }
    end

    def tickets
      jobs.find { |job| job.class_name.constantize <= ActionMailer::MailDeliveryJob }
    end

    def reminder
      jobs.find { |job| job.class_name == "ReminderJob" }
    end

    # Until the job has ended; the count of the seats may take its time.
    def work_until
      worker = start_jobs
      wait_until(timeout: 30) { %w[ finished failed ].include?(yield.state) }
      worker.kill
    end

    # Of sandbox time.
    def seconds
      started = Process.clock_gettime(Process::CLOCK_MONOTONIC)
      yield
      Process.clock_gettime(Process::CLOCK_MONOTONIC) - started
    end
end
