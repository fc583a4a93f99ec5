Rails.application.routes.draw do
  root "bookings#index"

  resources :bookings, only: %i[ index create ]
end
