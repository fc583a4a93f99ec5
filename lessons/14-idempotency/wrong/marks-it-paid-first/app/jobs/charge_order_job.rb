class ChargeOrderJob < ApplicationJob
  queue_as :default

  def perform(order)
    return if order.paid?

    customer = order.customer

    order.update!(paid: true)
    PaymentService.charge(account: customer.email, cents: order.cents)
    customer.increment!(:points, order.points)
  end
end
