class HelloJob < ApplicationJob
  queue_as :default

  def perform(name)
    puts "Good morning, #{name}!"
  end
end
