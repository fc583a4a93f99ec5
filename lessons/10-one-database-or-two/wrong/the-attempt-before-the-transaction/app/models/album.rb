# Photos that an agency sends together.
class Album
  # Takes all in, or none. The block gives the picture for a title.
  def self.import(titles, from:)
    AttemptJob.perform_later(from, titles.size)

    Photo.transaction do
      titles.each do |title|
        photo = Photo.create!(title:, image: yield(title))
        PhotoProcessingJob.perform_later(photo.id)
      end

      AlbumMailer.imported(from, titles.size).deliver_later
    end
  end
end
