class CreateOrders < ActiveRecord::Migration[8.0]
  def change
    create_table :orders do |t|
      t.string :customer # nil for a guest
      t.integer :receipts, null: false, default: 0 # how many were sent

      t.timestamps
    end

    create_table :post_offices do |t|
      t.integer :closed_for, null: false, default: 0 # calls that are still turned away
    end
  end
end
