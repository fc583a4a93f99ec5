class ShoutJob < ApplicationJob
  def perform(photo)
  end
end
