# frozen_string_literal: true

require "minitest"
require "sandbox/check/calls"
require "sandbox/check/trouble"
require "sandbox/check/client"
require "sandbox/check/job_row"
require "sandbox/check/source_files"
require "sandbox/check/run"
require "sandbox/check/worker"

module Sandbox
  # Base class of a lesson's check.rb. It runs in a sandbox of its own: fresh databases, a web process,
  # and no jobs process until the check starts one. Tests run in the order in which they are written;
  # each begins with empty databases and no worker, and ends after its limit: what hangs is killed, and the
  # test says where it hung.
  #
  #   class PhotoCheck < Sandbox::Check
  #     test "an upload is answered before the work is done" do
  #       response = post "/photos", params: { photo: { title: "Sea", image: sample_photo } }
  #       hint("Is the work still part of the request?") { assert_equal 302, response.status }
  #       drain_jobs
  #       assert Photo.last.processed?
  #     end
  #   end
  class Check < Minitest::Test
    Minitest::Assertions.diff = nil # long values are shown as they are: the sandbox has no program to compare them

    SAMPLE_PHOTO = "sunset.jpg"
    POLL = 0.02 # seconds
    LIMIT = 40 # seconds, by the machine's clock

    class << self
      def inherited(subclass)
        super
        Run.classes << subclass
      end

      # +limit+ in seconds of the machine's clock: jobs that sleep for long need more than LIMIT, or `advance`.
      def test(name, limit: LIMIT, &block)
        method_name = "test_#{format("%03d", sentences.size)}"
        sentences[method_name] = name
        limits[method_name] = limit
        define_method(method_name, &block)
      end

      # Test methods and what they say, in the order of the file.
      def sentences
        @sentences ||= {}
      end

      def outline(method_name)
        { name: sentences[method_name], limitMs: (limits[method_name].to_f * 1000).round }
      end

      def limits
        @limits ||= {}
      end

      def runnable_methods
        sentences.keys
      end
    end

    attr_reader :failed_hint

    def setup
      Worker.kill_all
      DatabaseSetup.empty
      @client = Client.new
      @earlier_mails = all_mails.size
    end

    def teardown
      Worker.kill_all
    end

    # What raised in the app: the last request that was answered with an error, jobs that failed.
    def troubles
      [ @client&.troubles&.last, *jobs.filter_map(&:trouble) ].compact
    rescue ActiveRecord::ActiveRecordError
      [] # no table, or a lock: the failure itself is what counts
    end

    private
      def get(path, headers: {})
        @client.request("GET", path, headers: headers)
      end

      # Sends a form as a browser would, with the authenticity token of the app's pages.
      %w[ post put patch delete ].each do |verb|
        define_method(verb) do |path, params: {}, headers: {}|
          @client.submit(verb.upcase, path, params: params, headers: headers)
        end
      end

      # A picture to upload; or, with +content+ and +type+, a file of that name and content.
      def sample_photo(name = SAMPLE_PHOTO, content: nil, type: nil)
        content ||= File.binread("#{APP_ROOT}/test/fixtures/files/#{SAMPLE_PHOTO}")
        Rack::Test::UploadedFile.new(StringIO.new(content), type || "image/jpeg", true, original_filename: name)
      end

      # What fails in the block carries this hint for the learner.
      def hint(text)
        yield
      rescue Minitest::Skip
        raise
      rescue Minitest::Assertion, StandardError, ScriptError
        @failed_hint ||= text
        raise
      end

      # The rows of the queue, oldest first, as of one moment: with a query for each table, a job that a worker
      # moves from one to the next in between would be in none.
      def jobs
        ::SolidQueue::Job.eager_load(*JobRow::STATES).order(:id).map { |job| JobRow.new(job) }
      end

      # What this test has sent, oldest first.
      def mails
        all_mails.drop(@earlier_mails).map { |mail| Mail.new(*mail.values_at("from", "to", "subject", "html", "text")) }
      end

      def all_mails
        Host.call("kernel.mails").first["mails"]
      end

      Mail = Struct.new(:from, :to, :subject, :html, :text) do
        # A failed expectation shows it: who gets which mail, without its pages of HTML.
        def inspect
          "#<mail to #{to.join(", ")}: #{subject.inspect}>"
        end
      end

      def start_jobs(queues: nil, threads: nil, polling_interval: nil)
        Worker.start(queues: queues, threads: threads, polling_interval: polling_interval)
      end

      # Does a worker of config/queue.yml take jobs from this queue?
      def served?(queue)
        worker_queues.any? { |name| File.fnmatch(name, queue) }
      end

      # As Solid Queue reads them. A worker's own row does not tell [ a, b ] from "a,b", which is one name to 1.1.
      def worker_queues
        workers = ::SolidQueue::Configuration.new.configured_processes.select { |process| process.kind == :worker }
        workers.flat_map { |worker| worker.attributes[:queues] }
      end

      # Lets a worker run until no job is ready or claimed. +timeout+ in seconds of sandbox time.
      def drain_jobs(timeout: 30, **options)
        worker = start_jobs(**options)
        wait_until(timeout: timeout) { jobs.none? { |job| %w[ ready claimed ].include?(job.state) } }
        worker.term
        worker.wait
      end

      # Moves the time of every process of this sandbox.
      def advance(duration)
        Calls.call("kernel.advance", ms: (duration.to_f * 1000).round)
      end

      # +timeout+ in seconds of sandbox time.
      def wait_until(timeout: 10)
        deadline = Process.clock_gettime(Process::CLOCK_MONOTONIC) + timeout.to_f
        until yield
          flunk waited_in_vain(timeout) if Process.clock_gettime(Process::CLOCK_MONOTONIC) > deadline
          Calls.call "kernel.time_left" # raises when the test's own time is over
          sleep POLL
        end
      end

      def waited_in_vain(timeout)
        places = Host.call("kernel.places").first["places"]
        [ "Waited #{timeout} seconds in vain.", *places.map { |name, place| "The process #{name} is at #{place}." } ].join(" ")
      end
  end
end
