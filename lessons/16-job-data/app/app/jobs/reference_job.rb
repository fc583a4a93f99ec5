# Carries the address of the newsletter.
class ReferenceJob < ApplicationJob
  def perform(newsletter)
    puts "The database says: #{newsletter.subject}"
  end
end
