# A night in which much goes wrong: 60 orders, each with a job for its receipt.
class Night
  def self.fall
    SolidQueue::Job.destroy_all
    Order.delete_all
    PostOffice.delete_all
    PostOffice.create!(closed_for: 12)

    orders = 60.times.map { |number| Order.create!(customer: "reader #{number}") }
    orders.first(20).each { |order| order.update!(customer: nil) }
    ActiveJob.perform_all_later(orders.map { |order| ReceiptJob.new(order) })
    orders.last(8).each(&:destroy!)
  end
end
