class IdempotencyCheck < Sandbox::Check
  MANY_CHARGES =
    "The power went off after the service had taken the money, and the job ran again: the " \
    "customer paid twice. How can the service know that it is the same payment?"

  GUARD =
    "The customer paid twice, although perform asks first whether the order is paid. Where was " \
    "the job when the power went off, and what did that question answer the second time?"

  SHARED_KEY =
    "Two orders went through, and the service took the money for one of them only. What tells " \
    "one payment from another here, and is it different for each order?"

  MANY_POINTS =
    "The customer was charged once, but got the points twice. The points and the mark \"paid\" " \
    "are two changes: what happens when the power goes off between them?"

  LOST_POINTS =
    "The order is paid, and the customer never got the points. When the job ran again, it took " \
    "the mark \"paid\" for \"everything is done\". Was it?"

  UNPAID =
    "The job ran again and finished, and nobody was charged. Which of the job's effects had " \
    "really happened when the power went off?"

  NOT_ONCE =
    "Without any accident, an order should be charged once, be paid, and give one point for " \
    "every euro."

  FAILED = "The job raised an error when it ran again. A second run has to find its way through what the first has left."

  test "an order is charged, paid and rewarded" do
    order = new_order
    ChargeOrderJob.perform_later(order)
    drain_jobs

    hint(FAILED) { assert_empty jobs.filter_map(&:error) }
    hint(NOT_ONCE) { assert_equal [ 1, true, 30 ], result_of(order) }
  end

  test "each order is charged for itself" do
    customer = Customer.create!(email: "two@example.com")
    2.times { ChargeOrderJob.perform_later(customer.orders.create!(cents: 3_000)) }
    drain_jobs threads: 1 # one after the other: who looks for the other's charge finds it

    hint(SHARED_KEY) { assert_equal 2, PaymentService.charges_of("two@example.com").size }
    hint(NOT_ONCE) { assert_equal 60, customer.reload.points }
  end

  test "a job that runs twice without an accident does everything once" do
    order = new_order
    job = ChargeOrderJob.new(order)
    2.times { job.enqueue }
    drain_jobs threads: 1

    charges, _, points = result_of(order)
    hint(MANY_CHARGES) { assert_equal 1, charges }
    hint(MANY_POINTS) { assert_equal 30, points }
  end

  test "a power cut before any line of perform does no harm", limit: 150 do
    orders = cut_the_power_before_every_line
    run_again

    hint(FAILED) { assert_empty jobs.filter_map(&:error) }
    orders.each_with_index do |order, line|
      charges, paid, points = result_of(order)
      at = "power cut before line #{line + 1} that runs"
      hint(charges > 1 && guard? ? GUARD : MANY_CHARGES) { assert_operator charges, :<=, 1, at }
      hint(UNPAID) { assert_equal [ 1, true ], [ charges, paid ], at }
      hint(LOST_POINTS) { assert_operator points, :>=, 30, at }
      hint(MANY_POINTS) { assert_equal 30, points, at }
    end
  end

  private
    def new_order
      @number = @number.to_i + 1
      Customer.create!(email: "customer#{@number}@example.com").orders.create!(cents: 3_000)
    end

    # How often it was charged, whether it is paid, and the customer's points.
    def result_of(order)
      customer = order.customer.reload
      [ PaymentService.charges_of(customer.email).size, order.reload.paid?, customer.points ]
    end

    # An order for each line: its job dies just before that line, and a new process is started.
    def cut_the_power_before_every_line
      lines = PowerCut.lines_of { ChargeOrderJob.perform_now(new_order) }
      (1..[ lines, 20 ].min).map do |line|
        new_order.tap do |order|
          job = ChargeOrderJob.perform_later(order)
          PowerCut.create!(job_id: job.job_id, line:)
          run_until_it_dies(job)
        end
      end
    end

    def run_until_it_dies(job)
      worker = start_jobs(threads: 1)
      wait_until(timeout: 30) { !worker.alive? || ended?(job) }
      worker.kill if worker.alive?
    end

    def ended?(job)
      jobs.any? { |row| row.active_job_id == job.job_id && %w[ finished failed ].include?(row.state) }
    end

    # The dead processes are pruned, and what failed with them is retried.
    def run_again
      advance 10.minutes
      worker = start_jobs(threads: 3)
      wait_until(timeout: 30) { jobs.none? { |job| job.state == "claimed" } }
      SolidQueue::FailedExecution.all.each(&:retry)
      wait_until(timeout: 60) { jobs.none? { |job| %w[ ready claimed ].include?(job.state) } }
      worker.term
    end

    # Whether perform finishes early when the order is marked as paid and nothing else is there.
    def guard?
      order = new_order.tap { |new| new.update!(paid: true) }
      ChargeOrderJob.perform_now(order)
      PaymentService.charges_of(order.customer.email).empty?
    rescue StandardError
      false
    end
end
