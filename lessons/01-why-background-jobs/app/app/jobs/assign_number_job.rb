class AssignNumberJob < ApplicationJob
  def perform(subscriber)
    subscriber.assign_number
  end
end
