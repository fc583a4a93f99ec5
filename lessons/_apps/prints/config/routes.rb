Rails.application.routes.draw do
  root "orders#index"

  resources :orders, only: %i[ index create ]

  resources :photos, only: %i[ index show create destroy ] do
    get ":variant", on: :member, to: "photo_files#show", as: :file,
      constraints: { variant: /image|thumbnail|filtered/ }
  end
end
