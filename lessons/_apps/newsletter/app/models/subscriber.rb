class Subscriber < ApplicationRecord
  normalizes :email, with: -> { _1.strip.downcase }
  validates :email, presence: true, uniqueness: true, format: { with: /\A[^@\s]+@[^@\s]+\z/, allow_blank: true }

  # Gives the next free number. The page after the sign-up shows it.
  def assign_number
    update!(number: Subscriber.maximum(:number).to_i + 1)
  end
end
