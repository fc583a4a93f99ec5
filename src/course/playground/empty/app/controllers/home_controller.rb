class HomeController < ApplicationController
  def index
  end

  # Try this in the console too: HelloJob.perform_later "world"
end
