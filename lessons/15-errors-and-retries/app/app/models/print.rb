# A photo on paper. Its status is "waiting", "ordered", "given up", or "refused" with the reason.
class Print < ApplicationRecord
  # How often the shop was called for it.
  def calls
    ShopCall.where(print_id: id).count
  end
end
