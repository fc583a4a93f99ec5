class DatabaseOrMemoryCheck < Sandbox::Check
  NOTHING =
    "An order came in, and the queue's database holds no job of it. Wherever its jobs are now, " \
    "they are gone when this process ends."

  MAIL =
    "The confirmation does not wait in the queue. Of which class is the job that deliver_later " \
    "makes, and does your setting reach that class?"

  LEFT_OUT =
    "A job of the order is missing in the queue, although others are there. Who else, besides the " \
    "configuration, can say which adapter a class uses?"

  REMINDER =
    "The reminder does not wait for its day. A customer who is reminded at once did not need it."

  test "all work of an order waits in the queue's database" do
    response = post "/orders", params: { order: { email: "ada@example.com" } }

    hint(broken(response)) { assert response.redirect?, "The answer was #{response.status}." }
    hint(NOTHING) { assert jobs.any?, "The queue is empty." }
    hint(MAIL) { assert names.any? { |name| name.constantize <= ActionMailer::MailDeliveryJob }, "No job for a mail is among #{names.join(", ")}." }
    hint(LEFT_OUT) { assert_equal [], %w[ InvoiceJob ReceiptJob ReminderJob ] - names }
    hint(REMINDER) { assert_equal "scheduled", jobs.find { |job| job.class_name == "ReminderJob" }.state }
  end

  test "a worker does what is due, each thing once" do
    post "/orders", params: { order: { email: "ada@example.com" } }
    drain_jobs threads: 1

    order = Order.last
    hint("A worker took the jobs, and the order has no receipt.") { assert_equal 1, order.receipts }
    hint("A worker took the jobs, and the order has no invoice, or more than one.") { assert_equal 1, order.invoices }
    hint("A worker took the jobs, and the customer has no confirmation, or more than one.") { assert_equal [ [ "ada@example.com" ] ], mails.map(&:to) }
    hint(REMINDER) { assert_equal 0, order.reminders }
  end

  private
    def names
      jobs.map(&:class_name)
    end

    def broken(response)
      "The order was answered with an error, #{response.error&.fetch(:className)}, in place of a thank-you. " \
        "Does this adapter know everything that the controller asks of it?"
    end
end
