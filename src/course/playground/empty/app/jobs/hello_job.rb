class HelloJob < ApplicationJob
  queue_as :default

  def perform(name)
    logger.info "Hello, #{name}!"
  end
end
