# A service that recognises what is on a picture, somewhere on the internet. The sandbox has no internet, so
# this class answers in its place, with a database of its own: what happens there is not part of our
# transactions. Sometimes the line is busy. That passes.
class Tagger < TaggerRecord
  class Busy < StandardError; end

  def self.tags_of(image)
    raise Busy, "no answer after 5 seconds" if turned_away?

    image.colors
  end

  def self.turned_away?
    where("busy_for > 0").update_all("busy_for = busy_for - 1").positive?
  end
end
