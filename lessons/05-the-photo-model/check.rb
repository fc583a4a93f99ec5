class ThePhotoModelCheck < Sandbox::Check
  NO_METHOD =
    "A photo does not know how to process itself: there is no process_image to call on it. Who " \
    "has the picture and the title, the class or the photo?"

  COPY =
    "The photo in the database is processed, but the photo that process_image was called on still " \
    "says that it is not. Did the method load a second copy of it?"

  NOT_SAVED =
    "process_image came back, but the photo in the database is not processed, or a part of it is " \
    "missing. Are the results saved?"

  SWALLOWED =
    "A photo that cannot be saved was processed, and no error came. Which methods of Active " \
    "Record return false, and which raise an error?"

  UNCHECKED =
    "A photo without a title was saved and counts as processed. The error is gone because nobody " \
    "looked at the validations any more, not because the photo is in order."

  TOO_EARLY =
    "The picture of this photo is broken, and the work failed, but the photo counts as processed. " \
    "When is it true that a photo is processed?"

  JOB_RAISED =
    "The photo itself works, but its job raised an error. Does the job still call the model as " \
    "before?"

  JOB_SWALLOWED =
    "process_image raises an error, but the job counts as finished all the same. What becomes of " \
    "the error in the job?"

  test "a photo processes itself" do
    photo = stored_photo
    hint(NO_METHOD) { assert_respond_to photo, :process_image }

    photo.process_image

    hint(NOT_SAVED) { assert complete?(Photo.find(photo.id)) }
    hint(COPY) { assert photo.processed?, "The photo in hand is not processed." }
  end

  test "a photo that cannot be saved raises an error" do
    photo = stored_photo
    photo.update_column :title, ""
    skip "A photo cannot process itself yet." unless photo.respond_to?(:process_image)

    error = error_of { photo.process_image }

    hint(UNCHECKED) { refute photo.class.find(photo.id).processed?, "It counts as processed." }
    hint(SWALLOWED) { refute_nil error, "No error was raised." }
  end

  test "a photo whose picture is broken does not count as processed" do
    photo = stored_photo
    photo.update_column :image, "no picture"
    photo = Photo.find(photo.id)
    skip "A photo cannot process itself yet." unless photo.respond_to?(:process_image)

    error_of { photo.process_image }

    hint(TOO_EARLY) { refute Photo.find(photo.id).processed?, "It counts as processed." }
  end

  test "a job processes a photo" do
    photo = stored_photo
    PhotoProcessingJob.perform_later(photo.id)
    drain_jobs

    hint(JOB_RAISED) { assert_nil jobs.first.error }
    hint(NOT_SAVED) { assert complete?(Photo.find(photo.id)) }
  end

  test "the job of a photo that cannot be saved fails" do
    photo = stored_photo
    PhotoProcessingJob.perform_later(photo.id)
    photo.update_column :title, ""
    drain_jobs

    hint(JOB_SWALLOWED) { assert jobs.any? { |job| %w[ failed scheduled ].include?(job.state) } }
  end

  private
    def stored_photo
      Photo.create!(title: "Sunset", sample: true)
    end

    def complete?(photo)
      photo.processed? && photo.thumbnail && photo.filtered && photo.tags.any?
    end

    def error_of
      yield
      nil
    rescue StandardError => error
      error
    end
end
