class LetterJob < ApplicationJob
  def perform(letter)
    letter.update!(state: "begun")
    sleep letter.seconds
    letter.update!(state: "written")
  end
end
