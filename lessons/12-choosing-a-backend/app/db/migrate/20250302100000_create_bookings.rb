class CreateBookings < ActiveRecord::Migration[8.0]
  def change
    create_table :bookings do |t|
      t.string :email, null: false
      t.integer :seats, null: false, default: 1
      t.integer :reminders, null: false, default: 0 # how often somebody was reminded

      t.timestamps
    end
  end
end
