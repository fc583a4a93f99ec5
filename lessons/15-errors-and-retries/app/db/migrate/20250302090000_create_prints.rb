class CreatePrints < ActiveRecord::Migration[8.0]
  def change
    create_table :prints do |t|
      t.string :paper, null: false, default: "matt"
      t.integer :copies, null: false, default: 1
      t.string :status, null: false, default: "waiting"
      t.integer :postage # cents for each copy
      t.integer :busy, null: false, default: 0 # how often the shop's line is busy before it answers

      t.timestamps
    end
  end
end
