# A photo on paper. Its status is "waiting", "ordered", "refused" or "given up".
class Print < ApplicationRecord
end
