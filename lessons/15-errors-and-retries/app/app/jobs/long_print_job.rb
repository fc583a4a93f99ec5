# Retries whatever it can. Can it retry this?
class LongPrintJob < ApplicationJob
  retry_on StandardError, wait: 1.second, attempts: 5

  def perform
    puts "The long print begins"
    sleep 30
  end
end
