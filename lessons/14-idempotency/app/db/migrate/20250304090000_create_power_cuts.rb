class CreatePowerCuts < ActiveRecord::Migration[8.0]
  def change
    create_table :power_cuts do |t|
      t.string :job_id, null: false, index: { unique: true }
      t.integer :line, null: false
    end
  end
end
