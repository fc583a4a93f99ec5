class PhotosController < ApplicationController
  def index
    @photo = Photo.new
    @photos = listed_photos
  end

  def show
    @photo = Photo.without_files.find(params[:id])
  end

  def create
    @photo = Photo.new(photo_params)

    if @photo.save
      PhotoProcessingJob.perform_later(@photo.id)
      redirect_to @photo, notice: "Photo uploaded."
    else
      @photos = listed_photos
      render :index, status: :unprocessable_entity
    end
  end

  def destroy
    Photo.without_files.find(params[:id]).destroy!
    redirect_to photos_path, status: :see_other, notice: "Photo deleted."
  end

  private
    def photo_params
      params.expect(photo: [ :title, :image, :sample ])
    end

    def listed_photos
      Photo.without_files.newest_first.limit(50)
    end
end
