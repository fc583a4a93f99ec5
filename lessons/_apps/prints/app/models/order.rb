# Prints of a photo that somebody has ordered.
class Order < ApplicationRecord
  belongs_to :customer

  validates :cents, numericality: { greater_than: 0 }

  # A customer gets a point for every euro.
  def points = cents / 100

  # What the payment service has taken for this order's customer, in cents.
  def charged = PaymentService.charges_of(customer.email).sum(&:cents)
end
