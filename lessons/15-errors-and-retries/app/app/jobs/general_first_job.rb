class GeneralFirstJob < ApplicationJob
  retry_on PrintShop::Error, wait: 1.second, attempts: 3
  discard_on PrintShop::Refused

  def perform(print)
    PrintShop.order(print)
  end
end
