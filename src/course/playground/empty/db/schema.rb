# The database of this app is empty: add a migration in db/migrate, and its tables here.
ActiveRecord::Schema[8.0].define(version: 0) do
end
