# What comes in during the night.
class Night
  def self.begin
    SolidQueue::Job.destroy_all
    Photo.delete_all
    Tagger.delete_all
    Tagger.create!(busy_for: 2)
  end

  # Four people upload a photo each.
  def self.uploads
    4.times { |number| Photo.create!(title: "Upload #{number + 1}", sample: true) }
  end

  # An agency sends two, in one transaction. They come from far away.
  def self.import
    Photo.transaction do
      2.times { |number| Photo.create!(title: "Agency #{number + 1}", sample: true) }
      sleep 3
    end
  end
end
