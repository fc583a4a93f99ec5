Rails.application.routes.draw do
  root "letters#index"

  resources :letters, only: %i[ index create ]
  resources :orders, only: %i[ index create ]
end
