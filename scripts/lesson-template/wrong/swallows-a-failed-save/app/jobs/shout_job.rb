class ShoutJob < ApplicationJob
  def perform(photo)
    photo.update(title: photo.title.upcase)
  end
end
