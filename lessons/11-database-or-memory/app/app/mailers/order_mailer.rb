class OrderMailer < ApplicationMailer
  def confirmation(order)
    mail to: order.email, subject: "We have your order"
  end
end
