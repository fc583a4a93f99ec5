class ShoutJob < ApplicationJob
  def perform(photo)
    Photo.find_each { |each| each.update!(title: each.title.upcase) }
  end
end
