# Takes a picture in and makes sure that it is one.
#
# The bytes are kept in the photo's own row. An app with many pictures would use Active Storage;
# here the database is the only storage there is.
module Photo::Upload
  extend ActiveSupport::Concern

  MAX_SIZE = 20.megabytes
  SAMPLE = "test/fixtures/files/sunset.jpg"

  # How the files of each type begin. A file's name proves nothing.
  SIGNATURES = {
    "image/jpeg" => /\A\xFF\xD8\xFF/n,
    "image/png" => /\A\x89PNG\r\n\x1A\n/n,
    "image/gif" => /\AGIF8[79]a/n,
    "image/webp" => /\ARIFF....WEBP/mn
  }

  included do
    validate :image_is_a_picture, if: -> { new_record? || image_changed? }
  end

  class_methods do
    def content_types = SIGNATURES.keys
  end

  # Takes an uploaded file, or bytes.
  def image=(source)
    bytes = source.respond_to?(:read) ? source.read : source
    super(bytes&.b)
    self.content_type = SIGNATURES.keys.find { |type| SIGNATURES[type].match?(image.to_s) }
  end

  # The form's check box: take the sample picture, where no other was chosen.
  def sample=(wanted)
    @sample = ActiveModel::Type::Boolean.new.cast(wanted)
    self.image = Rails.root.join(SAMPLE).binread if @sample && image.to_s.empty?
  end

  def sample = @sample

  private
    def image_is_a_picture
      if image.nil?
        errors.add :image, "must be chosen"
      elsif image.empty?
        errors.add :image, "is empty: the file has 0 bytes"
      elsif image.bytesize > MAX_SIZE
        errors.add :image, "is too big: at most #{MAX_SIZE / 1.megabyte} MB are allowed"
      elsif content_type.nil?
        errors.add :image, "is not a picture: choose a JPEG, PNG, GIF or WebP file"
      end
    end
end
