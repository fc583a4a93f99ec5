ActiveRecord::Schema[8.0].define(version: 1) do
  create_table "taggers", force: :cascade do |t|
    t.integer "busy_for", null: false, default: 0 # calls that are still turned away
  end
end
