class ShoutJob < ApplicationJob
  def perform(photo)
    photo.title.upcase
  end
end
