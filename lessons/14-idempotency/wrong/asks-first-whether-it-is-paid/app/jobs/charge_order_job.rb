class ChargeOrderJob < ApplicationJob
  queue_as :default

  def perform(order)
    return if order.paid?

    customer = order.customer

    PaymentService.charge(account: customer.email, cents: order.cents)
    order.transaction do
      customer.increment!(:points, order.points)
      order.update!(paid: true)
    end
  end
end
