# A mail service somewhere on the internet. The sandbox has no internet, so this class answers in its
# place. In the night it does not answer for a while.
class PostOffice < ApplicationRecord
  class Closed < StandardError; end

  def self.deliver(order, text)
    raise Closed, "no answer after 5 seconds" if turned_away?

    puts text
    order.increment!(:receipts)
  end

  def self.turned_away?
    where("closed_for > 0").update_all("closed_for = closed_for - 1").positive?
  end
end
