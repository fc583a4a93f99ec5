class FlakyJob < ApplicationJob
  retry_on RuntimeError, attempts: 2

  def perform
    raise "The other server does not answer."
  end
end
