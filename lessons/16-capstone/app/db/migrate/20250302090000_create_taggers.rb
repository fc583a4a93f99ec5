class CreateTaggers < ActiveRecord::Migration[8.0]
  def change
    create_table :taggers do |t|
      t.integer :busy_for, null: false, default: 0 # calls that are still turned away
    end
  end
end
