class WatchingTheQueueCheck < Sandbox::Check
  BUG =
    "A guest has no name, and the job for the receipt raises. To retry it without a change gives " \
    "the same error again. What does its backtrace say about the line?"

  HIDDEN =
    "The job for a guest ended without an error, and the guest got no receipt. An error that is " \
    "hidden is not mended: now nobody can see who is still waiting."

  LIMBO =
    "There is a job left that is neither ready nor claimed, scheduled, failed or finished: no " \
    "worker will ever take it. What else has to happen to a job when its failure goes away?"

  LOST_WAITING =
    "Jobs that had not failed, and only waited in the paused queue, are gone. With them go the " \
    "receipts of customers who did nothing wrong."

  PAUSED =
    "The queue receipts is still paused. Workers leave it alone, with all jobs in it, until " \
    "somebody says otherwise."

  UNREAD =
    "A job failed for a reason that nobody has looked at yet, and it is not among the failed ones " \
    "any more. Which of the failures do you understand?"

  OTHER_BUG =
    "A NoMethodError in a job that has nothing to do with receipts is not among the failed ones any more. You have " \
    "read the line of ReceiptJob, and mended it. Do you know which line raised the error in the other job?"

  UNTOUCHED =
    "After Morning.repair every receipt that had failed is still failed. What a job class says of an " \
    "error counts when the error is raised, and that was last night. If your code compares errors, " \
    "look at what exception_class gives: a class, or a text?"

  MISSING =
    "An order has no receipt, although its job could succeed by now. Which errors were there in " \
    "the night, and which of them have passed?"

  TWICE =
    "A customer got two receipts. Some jobs had not failed, they were only waiting. What is the " \
    "difference between a new job and the same job again?"

  GONE =
    "A job whose order was deleted is still in the queue, failed. It will never succeed, however " \
    "often somebody retries it."

  GAP =
    "The guest got a receipt, and it says \"Thank you, !\". The line does not raise any more, but it still " \
    "writes a name that nobody has. What should a guest read?"

  test "a guest gets a receipt" do
    order = Order.create!
    text, = capture_io { hint(BUG) { ReceiptJob.perform_now(order) } }
    hint(HIDDEN) { assert_equal 1, order.reload.receipts }
    hint(GAP) { refute_match(/,\s*[!.]/, text) }
  end

  test "after the repair every order has its receipt, once" do
    night
    Morning.repair

    hint(LIMBO) { refute_includes jobs.map(&:state), "" }
    hint(UNREAD) { assert_equal [ "failed" ], states_of(@statement) }
    hint(OTHER_BUG) { assert_equal [ "failed" ], states_of(@other_bug) }
    hint(LOST_WAITING) { assert_equal @waiting, SolidQueue::Job.where(id: @waiting).ids.sort }
    hint(UNTOUCHED) { refute_equal [ "failed" ], states_of(@receipts).uniq }
    hint(PAUSED) { refute SolidQueue::Queue.find_by_name("receipts").paused?, "The queue is paused." }

    drain_jobs threads: 1
    hint(TWICE) { assert_operator Order.maximum(:receipts), :<=, 1 }
    hint(MISSING) { assert_equal [], Order.where(receipts: 0).pluck(:customer) }
    hint(GONE) { assert_equal [], jobs.select { |job| job.class_name == "ReceiptJob" }.filter_map(&:error) }
  end

  # The jobs for the statements fail in every answer: what they raised explains none.
  def troubles
    super.reject { |trouble| trouble.subject.include?("StatementJob") }
  end

  private
    # The state of things in the morning: jobs that failed for five reasons, and some that wait in a paused queue.
    def night
      @receipts = [
        *fail_with(2, receipt_for(nil)) { nil.titleize },
        *fail_with(2, receipt_for("ada")) { raise PostOffice::Closed, "no answer after 5 seconds" },
        *fail_with(2, -> { receipt_for("bob").call.tap { Order.last.destroy! } }) { missing_order }
      ]
      @statement = fail_with(1, -> { StatementJob.perform_later }) { 1 / 0 }
      @other_bug = fail_with(1, -> { StatementJob.perform_later }) { nil.sum }

      SolidQueue::Queue.find_by_name("receipts").pause
      @waiting = 3.times.map { receipt_for("eve").call.provider_job_id }.sort
    end

    def receipt_for(customer)
      -> { ReceiptJob.perform_later(Order.create!(customer: customer)) }
    end

    # As a worker leaves a job whose error nobody has caught.
    def fail_with(count, enqueue, &error)
      count.times.map do
        job = SolidQueue::Job.find(enqueue.call.provider_job_id)
        job.ready_execution.destroy!
        job.failed_with(raised(&error))
        job.id
      end
    end

    def raised
      yield
    rescue StandardError => error
      error
    end

    def missing_order
      Order.find(0)
    rescue ActiveRecord::RecordNotFound
      raise ActiveJob::DeserializationError
    end

    def states_of(ids)
      jobs.select { |job| ids.include?(job.id) }.map(&:state)
    end
end
