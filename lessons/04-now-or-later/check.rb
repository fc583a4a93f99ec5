class NowOrLaterCheck < Sandbox::Check
  NOW =
    "The welcome mail had been sent before the visitor got an answer. Which of the methods that " \
    "you call says now, and which says later?"

  NOTHING =
    "The sign-up is saved, but nothing is in the queue and no mail was sent. Building a message " \
    "does not send it, and does not put it into the queue."

  LOOKED =
    "You looked into the mail before asking to deliver it later. Only what is needed to build the " \
    "mail is stored, so a mail that has been built already cannot be put into the queue."

  NO_ID =
    "The mail was put into the queue for a subscriber without an id. When can another process " \
    "find the subscriber?"

  LATE =
    "A worker ran every job that was ready, and the welcome mail is still not there. When did you " \
    "ask for it?"

  MANY =
    "A worker ran every job, and the subscriber got more than one mail. Who asks for it, and how often?"

  test "a sign-up is answered before the mail is sent" do
    response = sign_up

    hint(LOOKED) { refute_includes response.body, "accessed the message" }
    hint(NO_ID) { refute_includes response.body, "without an id" }
    hint "A good address should be saved and answered with a redirect, as before." do
      assert_includes [ 302, 303 ], response.status
      assert_equal 1, Subscriber.count
    end
    hint(NOW) { assert_empty mails }
    hint(NOTHING) { assert jobs.any?, "The queue is empty." }
  end

  test "a worker sends the welcome mail" do
    sign_up
    drain_jobs

    errors = jobs.filter_map(&:error)
    hint("A job raised an error: #{errors.first}") { assert_empty errors }
    hint(LATE) { assert mails.any?, "No mail was sent." }
    hint(MANY) { assert_equal [ [ "ada@example.com" ] ], mails.map(&:to) }
    hint("This is not the welcome mail.") { assert_equal [ "Welcome to the newsletter" ], mails.map(&:subject) }
  end

  test "a rejected sign-up gets no mail" do
    response = sign_up "not an address"
    drain_jobs if jobs.any?

    hint("A wrong address should bring the form back with status 422, as before.") { assert_equal 422, response.status }
    hint("This sign-up was rejected, and still there is a job in the queue.") { assert_empty jobs }
  end

  private
    def sign_up(email = "ada@example.com")
      post "/subscribers", params: { subscriber: { email: } }
    end
end
