ActiveRecord::Schema[8.0].define(version: 1) do
  create_table "shop_calls", force: :cascade do |t|
    t.integer "print_id", null: false
    t.datetime "created_at", null: false
  end
end
