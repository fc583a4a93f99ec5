# This file is auto-generated from the current state of the database. Instead
# of editing this file, please use the migrations feature of Active Record to
# incrementally modify your database, and then regenerate this schema definition.
#
# This file is the source Rails uses to define your schema when running `bin/rails
# db:schema:load`. When creating a new database, `bin/rails db:schema:load` tends to
# be faster and is potentially less error prone than running all of your
# migrations from scratch. Old migrations may fail to apply correctly if those
# migrations use external dependencies or application code.
#
# It's strongly recommended that you check this file into your version control system.

ActiveRecord::Schema[8.0].define(version: 2025_03_02_090000) do
  create_table "photos", force: :cascade do |t|
    t.string "title", null: false
    t.binary "image", null: false
    t.string "content_type", null: false
    t.binary "thumbnail"
    t.binary "filtered"
    t.json "tags", default: [], null: false
    t.boolean "processed", default: false, null: false
    t.datetime "created_at", null: false
    t.datetime "updated_at", null: false
  end

  create_table "newsletters", force: :cascade do |t|
    t.string "subject", null: false
    t.text "body", default: "", null: false
    t.integer "sent_count", default: 0, null: false
    t.datetime "delivery_started_at"
    t.datetime "delivered_at"
    t.datetime "created_at", null: false
    t.datetime "updated_at", null: false
  end

  create_table "subscribers", force: :cascade do |t|
    t.string "email", null: false
    t.integer "number"
    t.datetime "created_at", null: false
    t.datetime "updated_at", null: false
    t.index ["email"], name: "index_subscribers_on_email", unique: true
  end

  create_table "reports", force: :cascade do |t|
    t.integer "subscribers", null: false
    t.json "domains", default: {}, null: false
    t.integer "pid", null: false
    t.datetime "created_at", null: false
  end
end
