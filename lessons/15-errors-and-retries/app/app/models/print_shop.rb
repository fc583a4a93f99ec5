# A print shop somewhere on the internet. The sandbox has no internet, so this class answers in its
# place: how often the line is busy stands in the print itself.
class PrintShop
  class Error < StandardError; end
  class Busy < Error; end    # passes by itself
  class Refused < Error; end # never passes

  PAPERS = %w[ matt glossy ]
  POSTAGE = 600 # cents

  def self.order(print)
    ShopCall.create!(print_id: print.id)
    raise Refused, "we have no #{print.paper}" unless PAPERS.include?(print.paper)
    raise Busy, "the line is busy" if print.calls <= print.busy

    print.update!(status: "ordered", postage: POSTAGE / print.copies)
  end
end
