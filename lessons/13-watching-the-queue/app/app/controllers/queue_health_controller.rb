class QueueHealthController < ApplicationController
  def show
    queues = SolidQueue::Queue.all
    late = queues.any? { |queue| queue.latency > 5.minutes }
    head late ? :service_unavailable : :ok
  end
end
