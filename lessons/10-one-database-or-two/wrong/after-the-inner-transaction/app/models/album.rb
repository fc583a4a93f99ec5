# Photos that an agency sends together.
class Album
  # Takes all in, or none. The block gives the picture for a title.
  def self.import(titles, from:)
    AttemptJob.perform_later(from, titles.size)

    photos = Photo.transaction do
      titles.map { |title| Photo.create!(title:, image: yield(title)) }
    end

    photos.each { |photo| PhotoProcessingJob.perform_later(photo.id) }
    AlbumMailer.imported(from, titles.size).deliver_later
  end
end
