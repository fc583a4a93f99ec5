# A photo of a black cat, for luck.
class BlackCatJob < ApplicationJob
  def perform
    puts "The black cat is sent"
  end
end
