Rails.application.routes.draw do
  root "newsletters#index"

  resources :newsletters, only: %i[ index show create ]
  resources :subscribers, only: %i[ new show create ]

  resources :photos, only: %i[ index show create destroy ] do
    get ":variant", on: :member, to: "photo_files#show", as: :file,
      constraints: { variant: /image|thumbnail|filtered/ }
  end
end
