class ChargeOrderJob < ApplicationJob
  queue_as :default

  def perform(order)
    return if order.paid?

    customer = order.customer

    PaymentService.charge(account: customer.email, cents: order.cents, idempotency_key: "order-#{order.id}")
    order.update!(paid: true)
    customer.increment!(:points, order.points)
  end
end
