class NewslettersController < ApplicationController
  def index
    @newsletter = Newsletter.new
    @newsletters = Newsletter.order(id: :desc).limit(20)
  end

  def show
    @newsletter = Newsletter.find(params[:id])
  end

  def create
    @newsletter = Newsletter.new(newsletter_params)

    if @newsletter.save
      ActiveJob.perform_all_later(Subscriber.pluck(:email).map { |email| NewsletterJob.new(@newsletter, email) })
      redirect_to @newsletter, notice: "The newsletter goes out."
    else
      @newsletters = Newsletter.order(id: :desc).limit(20)
      render :index, status: :unprocessable_entity
    end
  end

  private
    def newsletter_params
      params.expect(newsletter: [ :subject, :body ])
    end
end
