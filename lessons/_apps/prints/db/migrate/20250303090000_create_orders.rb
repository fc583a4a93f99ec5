class CreateOrders < ActiveRecord::Migration[8.0]
  def change
    create_table :customers do |t|
      t.string :email, null: false, index: { unique: true }
      t.integer :points, null: false, default: 0

      t.timestamps
    end

    create_table :orders do |t|
      t.references :customer, null: false, foreign_key: true
      t.integer :cents, null: false
      t.boolean :paid, null: false, default: false

      t.timestamps
    end
  end
end
