module PaymentService
  class Charge < Record
  end
end
