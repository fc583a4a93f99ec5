# Photos that an agency sends together.
class Album
  # Takes all in, or none. The block gives the picture for a title.
  def self.import(titles, from:)
    Photo.transaction do |transaction|
      AttemptJob.perform_later(from, titles.size)
      titles.each { |title| Photo.create!(title:, image: yield(title)) }
      transaction.after_commit { AlbumMailer.imported(from, titles.size).deliver_later }
    end
  end
end
