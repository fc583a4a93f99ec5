# The same two handlers as GeneralFirstJob, in the other order.
class GeneralLastJob < ApplicationJob
  discard_on PrintShop::Refused
  retry_on PrintShop::Error, wait: 1.second, attempts: 3

  def perform(print)
    PrintShop.order(print)
  end
end
