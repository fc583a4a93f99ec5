class ChargeOrderJob < ApplicationJob
  queue_as :default

  def perform(order)
    customer = order.customer

    PaymentService.charge(account: customer.email, cents: order.cents, idempotency_key: "order-#{order.id}")
    customer.increment!(:points, order.points)
    order.update!(paid: true)
  end
end
