class CreatePhotos < ActiveRecord::Migration[8.0]
  def change
    create_table :photos do |t|
      t.string :title, null: false
      t.binary :image, null: false
      t.string :content_type, null: false
      t.binary :thumbnail
      t.binary :filtered
      t.json :tags, null: false, default: []
      t.boolean :processed, null: false, default: false

      t.timestamps
    end
  end
end
