# A call that the print shop was given. It is in a database of its own: what happened at the shop has happened,
# also when our transaction is rolled back.
class ShopCall < ShopRecord
end
