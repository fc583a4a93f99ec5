class CountPhotosJob < ApplicationJob
  def perform
    puts "There are #{Photo.count} photos"
  end
end
