class ReportJob < ApplicationJob
  def perform
    Report.rebuild
  end
end
