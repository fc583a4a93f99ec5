# Thirty people who want to hear from us.
domains = %w[ example.com example.org example.net ]

Subscriber.insert_all!(
  (1..30).map { |number| { number:, email: "reader#{number}@#{domains[number % 3]}" } }
)
