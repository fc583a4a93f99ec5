ActiveRecord::Schema[8.0].define(version: 1) do
  create_table "charges", force: :cascade do |t|
    t.string "account", null: false
    t.integer "cents", null: false
    t.string "idempotency_key", null: false
    t.datetime "created_at", null: false
    t.index ["idempotency_key"], name: "index_charges_on_idempotency_key", unique: true
  end
end
