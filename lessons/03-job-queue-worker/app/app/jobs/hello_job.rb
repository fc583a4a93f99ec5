class HelloJob < ApplicationJob
  def perform(name)
    puts "Hello, #{name}."
  end
end
