# Sends the pictures themselves: the uploaded one and those made from it.
class PhotoFilesController < ApplicationController
  def show
    bytes, original_type = Photo.where(id: params[:id]).pick(params[:variant], :content_type)

    if bytes
      no_store
      send_data bytes, type: content_type_of(original_type), disposition: :inline
    else
      head :not_found
    end
  end

  private
    def content_type_of(original_type)
      params[:variant] == "image" ? original_type : "image/jpeg"
    end
end
