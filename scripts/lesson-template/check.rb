class {{class}}Check < Sandbox::Check
  UNCHANGED =
    "The job has run, and the photo in the database has its old title. What a job changes on an " \
    "object is gone with that object, unless it is stored."

  ANOTHER =
    "Another photo got a new title too. How does the job know which photo it is about?"

  SWALLOWED =
    "The title could not be saved, and the job finished as if all were well. What does a worker " \
    "need to see in order to record a failure?"

  def setup
    super
    @sea, @hill = %w[ Sea Hill ].map { |title| Photo.create!(title:, sample: true) }
  end

  test "a worker writes the title in capitals" do
    ShoutJob.perform_later(@sea)
    drain_jobs

    hint("The job raised an error.") { assert_empty jobs.filter_map(&:error) }
    hint(UNCHANGED) { assert_equal "SEA", @sea.reload.title }
    hint(ANOTHER) { assert_equal "Hill", @hill.reload.title }
  end

  test "a job that could not save its photo does not count as done" do
    Photo.update_all title: "ß" * 100 # in capitals it is too long
    ShoutJob.perform_later(@sea)
    drain_jobs

    hint(SWALLOWED) { refute_equal [ "finished" ], jobs.map(&:state) }
  end
end
