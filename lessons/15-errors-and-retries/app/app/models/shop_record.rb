class ShopRecord < ActiveRecord::Base
  self.abstract_class = true

  connects_to database: { writing: :shop }
end
