module PhotosHelper
  def photo_image_tag(photo, variant, alt: photo.title, **options)
    tag.img src: file_photo_path(photo, variant), alt:, **options
  end
end
