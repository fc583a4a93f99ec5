# The mail of the morning.
class DigestJob < ApplicationJob
  def perform
    puts "The digest is sent"
  end
end
