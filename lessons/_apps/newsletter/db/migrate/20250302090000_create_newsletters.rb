class CreateNewsletters < ActiveRecord::Migration[8.0]
  def change
    create_table :newsletters do |t|
      t.string :subject, null: false
      t.text :body, null: false, default: ""
      t.integer :sent_count, null: false, default: 0
      t.datetime :delivery_started_at
      t.datetime :delivered_at

      t.timestamps
    end

    create_table :subscribers do |t|
      t.string :email, null: false, index: { unique: true }
      t.integer :number

      t.timestamps
    end

    create_table :reports do |t|
      t.integer :subscribers, null: false
      t.json :domains, null: false, default: {}
      t.integer :pid, null: false

      t.datetime :created_at, null: false
    end
  end
end
