class ShoutJob < ApplicationJob
  def perform(photo)
    photo.title = photo.title.upcase
  end
end
