# Keeps account of what became of its job, whatever the queue says.
class Letter < ApplicationRecord
end
