# The numbers of the month. It takes a while.
class StatementJob < ApplicationJob
  queue_as :statements

  def perform
    sleep 10
    puts "The statement is written"
  end
end
