# Photos that an agency sends together.
class Album
  # Takes all in, or none. The block gives the picture for a title.
  def self.import(titles, from:)
    Photo.transaction do
      AttemptJob.perform_later(from, titles.size)

      photos = titles.map { |title| Photo.create!(title:, image: yield(title)) }
      ActiveJob.perform_all_later(photos.map { |photo| PhotoProcessingJob.new(photo.id) })

      AlbumMailer.imported(from, titles.size).deliver_later
    end
  end
end
