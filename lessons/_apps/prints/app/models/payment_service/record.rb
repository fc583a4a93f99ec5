module PaymentService
  class Record < ActiveRecord::Base
    self.abstract_class = true

    connects_to database: { writing: :payments }

    def self.table_name_prefix = ""
  end
end
