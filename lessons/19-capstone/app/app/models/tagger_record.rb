class TaggerRecord < ActiveRecord::Base
  self.abstract_class = true

  connects_to database: { writing: :tagger }
end
