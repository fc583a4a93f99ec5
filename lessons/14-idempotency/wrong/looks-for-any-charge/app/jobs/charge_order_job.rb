class ChargeOrderJob < ApplicationJob
  queue_as :default

  def perform(order)
    customer = order.customer

    if PaymentService.charges_of(customer.email).empty?
      PaymentService.charge(account: customer.email, cents: order.cents)
    end

    order.with_lock do
      unless order.paid?
        customer.increment!(:points, order.points)
        order.update!(paid: true)
      end
    end
  end
end
