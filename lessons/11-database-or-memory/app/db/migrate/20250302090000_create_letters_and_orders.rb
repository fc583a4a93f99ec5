class CreateLettersAndOrders < ActiveRecord::Migration[8.0]
  def change
    create_table :letters do |t|
      t.integer :seconds, null: false, default: 0 # how long it takes to write
      t.string :state, null: false, default: "not begun" # then "begun", then "written"
    end

    create_table :orders do |t|
      t.string :email, null: false
      t.integer :receipts, null: false, default: 0
      t.integer :invoices, null: false, default: 0
      t.integer :reminders, null: false, default: 0

      t.timestamps
    end
  end
end
