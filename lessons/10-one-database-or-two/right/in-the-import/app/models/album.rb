# Photos that an agency sends together.
class Album
  # Takes all in, or none. The block gives the picture for a title.
  def self.import(titles, from:)
    AttemptJob.perform_later(from, titles.size)

    Photo.transaction do
      photos = titles.map { |title| Photo.create!(title:, image: yield(title)) }

      ActiveRecord.after_all_transactions_commit do
        ActiveJob.perform_all_later(photos.map { |photo| PhotoProcessingJob.new(photo.id) })
        AlbumMailer.imported(from, titles.size).deliver_later
      end
    end
  end
end
