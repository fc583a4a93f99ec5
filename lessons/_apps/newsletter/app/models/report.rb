# How many subscribers there are, and with which mail services.
class Report < ApplicationRecord
  SLOW = 1 # second: a real list has millions of rows

  # Counts everything anew. `pid` is the process that did it.
  def self.rebuild
    emails = Subscriber.pluck(:email)
    sleep SLOW
    create!(subscribers: emails.size, domains: emails.map { _1.split("@").last }.tally, pid: Process.pid)
  end
end
