class WhyBackgroundJobsCheck < Sandbox::Check
  MAIL_FIRST =
    "The welcome mail had been sent before the visitor got an answer, so the visitor waited for " \
    "the mail server. Does the page need that mail?"

  REPORT_FIRST =
    "The report had been rebuilt before the visitor got an answer, so the visitor waited for it. " \
    "Who needs the report, and when?"

  NO_NUMBER =
    "The page after the sign-up shows the subscriber's number, and this time there was none to " \
    "show. Which work does the answer itself depend on?"

  NO_MAIL =
    "A worker ran every job, but nobody got a welcome mail. Work that leaves the request must " \
    "not get lost: who has it now?"

  NO_REPORT =
    "A worker ran every job, but there is no report. Work that leaves the request must not get " \
    "lost: who has it now?"

  REJECTED =
    "This sign-up was rejected, and still there is a job in the queue. Is there anything to do " \
    "for somebody who is not on the list?"

  test "a sign-up is answered before mail and report are made" do
    response = sign_up

    hint "A good address should be saved and answered with a redirect, as before." do
      assert_includes [ 302, 303 ], response.status, error_on(response)
      assert_equal 1, Subscriber.count
    end
    hint(MAIL_FIRST) { assert_empty mails }
    hint(REPORT_FIRST) { assert_equal 0, Report.count }
  end

  test "the page shows the subscriber's number" do
    page = get(sign_up.location)

    hint(NO_NUMBER) { assert_match(/number <strong>1</, page.body) }
  end

  test "a worker does what was left" do
    sign_up
    drain_jobs

    errors = jobs.filter_map(&:error)
    hint("A job raised an error. Compare what you pass with what its perform takes.") { assert_empty errors }
    hint(NO_MAIL) { assert_equal [ [ "ada@example.com" ] ], mails.map(&:to) }
    hint(NO_REPORT) { assert_equal 1, Report.count }
    hint("The report does not count the new subscriber.") { assert_equal 1, Report.last.subscribers }
  end

  test "a rejected sign-up leaves no work behind" do
    response = sign_up "not an address"

    hint("A wrong address should bring the form back with status 422, as before.") { assert_equal 422, response.status }
    hint(REJECTED) { assert_empty jobs }
  end

  private
    def sign_up(email = "ada@example.com")
      post "/subscribers", params: { subscriber: { email: } }
    end

    def error_on(response)
      response.body[/<h1>(.*?)<\/h1>/m, 1].to_s
    end
end
