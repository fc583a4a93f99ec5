require "active_support/testing/time_helpers"

class ErrorsAndRetriesCheck < Sandbox::Check
  include ActiveSupport::Testing::TimeHelpers

  NO_RETRY =
    "The line was busy once, and that was the end of the job. Neither Solid Queue nor Active Job " \
    "runs a failed job again by itself. Who has to say it?"

  SWALLOWED =
    "The line was busy, nothing was ordered, and the job counts as finished. An error that is " \
    "rescued inside perform looks like success to everybody else."

  HELD =
    "The job tried again inside perform, so it kept a worker that others need. Where could it " \
    "wait for its next attempt?"

  HANDLER_BROKE =
    "Handling the error raised an error of its own: look at what the failed job says. Which waits " \
    "does this version of Rails know?"

  COUNT =
    "The line stayed busy, and the shop was not called four times. What does attempts count: the " \
    "retries, or the runs?"

  ANEW =
    "Each attempt was a new job, and a new job begins to count at one: so it goes on for ever. How can " \
    "the same job be enqueued once more?"

  GROW =
    "Not every wait between the attempts is longer than the one before. A shop that is overloaded is not " \
    "helped by everybody calling again at the same pace."

  LOST =
    "After the fourth call the print still does not say \"given up\", so its customer waits in " \
    "vain. Where can a job say what is to be done after its last attempt?"

  NEVER =
    "The shop will never have this paper, and it was called more than once. Of two handlers that " \
    "both fit an error, which one is asked?"

  UNSAID =
    "The shop refused the print, and the print does not say \"refused\". Who tells the customer?"

  NO_REASON =
    "The print says that it was refused, and not why. The shop has said it: what does the block of a " \
    "handler get, besides the job?"

  NOT_DROPPED =
    "The shop refused the print, and its job did not end as finished. There is nothing for " \
    "anybody to repair, so who should look at it?"

  BUG_AGAIN =
    "An error in our own code was treated as if it would pass, and the job ran again. Which " \
    "errors does your retry name?"

  BUG_HIDDEN =
    "An error in our own code left no failed job, so nobody will find out. Name the errors that " \
    "you expect, and let all others make the job fail."

  test "a print is ordered when the line is free again" do
    print = order busy: 2
    drain_jobs threads: 1

    hint(HELD) { assert_operator print.reload.calls, :<, 2 }
    hint(SWALLOWED) { refute_equal %w[ finished ], jobs.map(&:state) }
    hint(HANDLER_BROKE) { refute_match(/determine a delay|wait/i, jobs.last.error.to_s) }
    hint(NO_RETRY) { assert_equal "scheduled", jobs.last.state, jobs.last.error }

    run_every_attempt

    hint("The line was free for the third call, and the print is not ordered.") { assert_equal [ "ordered", 3 ], [ print.reload.status, print.calls ] }
  end

  test "after four calls the print is given up" do
    print = order busy: 9
    run_every_attempt

    hint(ANEW) { assert_equal 1, SolidQueue::Job.distinct.count(:active_job_id) }
    hint(COUNT) { assert_equal 4, print.reload.calls }
    hint(LOST) { assert_equal "given up", print.reload.status }
    hint("The print was given up, and still its job is failed. There is nothing left to do for it.") { assert_equal "finished", jobs.last.state, jobs.last.error }
  end

  test "each wait is longer than the one before" do
    found = waits
    skip "There are not three waits." unless found.size == 3
    hint(GROW) { found.each_cons(2) { |before, after| assert_operator after, :>, before, "The waits in seconds: #{found.join(", ")}." } }
  end

  test "a print that is refused is not tried again" do
    print = order paper: "papyrus"
    run_every_attempt

    hint(NEVER) { assert_equal 1, print.reload.calls }
    hint(NOT_DROPPED) { assert_equal %w[ finished ], jobs.map(&:state), jobs.last.error }
    hint(UNSAID) { assert_match(/\Arefused/, print.reload.status) }
    hint(NO_REASON) { assert_includes print.status, "we have no papyrus" }
  end

  test "an error that nobody expects makes the job fail" do
    print = order copies: 0
    run_every_attempt

    hint(BUG_AGAIN) { assert_equal 1, print.reload.calls }
    hint(BUG_HIDDEN) { assert_equal %w[ failed ], jobs.map(&:state) }
  end

  private
    def order(**attributes)
      Print.create!(attributes).tap { |print| OrderPrintJob.perform_later(print) }
    end

    # Lets a worker run the job until nothing is left to run. Nobody waits for a retry: it is dispatched as if
    # its time had come. Twelve runs are more than any good answer needs.
    def run_every_attempt
      start_jobs threads: 1
      12.times do
        wait_until(timeout: 30) { jobs.none? { |job| %w[ ready claimed ].include?(job.state) } }
        break if SolidQueue::ScheduledExecution.none?

        SolidQueue::ScheduledExecution.update_all(scheduled_at: 1.second.ago)
        SolidQueue::ScheduledExecution.dispatch_next_batch(10)
      end
    end

    # Seconds from each attempt to the next. The attempts are made here, without jitter and while the clock stands
    # still: what is left is the wait that the job asked for.
    def waits
      ActiveJob::Base.retry_jitter = 0.0
      order busy: 9
      freeze_time do
        3.times { ActiveJob::Base.execute(SolidQueue::Job.last.arguments) }
      rescue PrintShop::Busy
        # There is no retry.
      end
      SolidQueue::Job.order(:id).drop(1).map { |job| job.scheduled_at - job.created_at }
    end
end
