# Stands in for a payment service on the internet. Its records are in a database of its own, so what
# it has charged stays charged, whatever becomes of our transaction or our process.
module PaymentService
  RESPONSE_TIME = 0.1 # seconds until we hear that it was charged

  class << self
    # Takes the money. With an idempotency key, a second call with the same key takes nothing and
    # returns the first charge, as the big payment services do.
    def charge(account:, cents:, idempotency_key: SecureRandom.uuid)
      charge = Charge.create_or_find_by!(idempotency_key:) { |new| new.assign_attributes(account:, cents:) }
      sleep RESPONSE_TIME
      charge
    end

    def charges_of(account)
      Charge.where(account:).order(:id).to_a
    end
  end
end
