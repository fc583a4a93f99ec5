class LettersController < ApplicationController
  def index
    @letters = Letter.order(:id)
  end

  # Enqueues so many letters: two short ones, and others that take as long as the form says.
  def create
    Letter.delete_all

    params[:count].to_i.times do |number|
      letter = Letter.create!(seconds: number < 2 ? 0 : params[:seconds])
      LetterJob.perform_later(letter)
    end

    redirect_to letters_path
  end
end
