class Photo < ApplicationRecord
  include Upload

  # Inspecting a photo, in the console for example, should not print its bytes.
  self.attributes_for_inspect = %i[ id title content_type tags processed created_at updated_at ]

  validates :title, presence: true, length: { maximum: 100 }

  after_create_commit :process_later

  # Photos for a page. The bytes stay in the database: the page asks for each picture by itself.
  scope :without_files, -> { select(column_names - %w[ image thumbnail filtered ]) }
  scope :newest_first, -> { order(id: :desc) }

  # Does all the slow work, then saves the results in one go.
  def process_image
    self.tags = Tagger.tags_of(picture)
    generate_thumbnail
    update!(processed: true)
  end

  def generate_thumbnail
    self.thumbnail = picture.resize_to_limit(320, 320).to_jpeg
  end

  private
    def process_later
      PhotoProcessingJob.perform_later(id)
    end

    def picture
      Photon::Image.new(image)
    end
end
