class ChargeOrderJob < ApplicationJob
  queue_as :default

  def perform(order)
    customer = order.customer

    PaymentService.charge(account: customer.email, cents: order.cents, idempotency_key: SecureRandom.uuid)

    order.with_lock do
      unless order.paid?
        customer.increment!(:points, order.points)
        order.update!(paid: true)
      end
    end
  end
end
