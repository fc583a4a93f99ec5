Rails.application.routes.draw do
  root "photos#index"

  get "queue-health", to: "queue_health#show"

  resources :photos, only: %i[ index show create destroy ] do
    get ":variant", on: :member, to: "photo_files#show", as: :file,
      constraints: { variant: /image|thumbnail|filtered/ }
  end
end
