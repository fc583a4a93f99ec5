class PostcardJob < ApplicationJob
  cattr_accessor :callbacks, default: 0
  before_enqueue { self.class.callbacks += 1 }

  def perform(number)
  end
end
