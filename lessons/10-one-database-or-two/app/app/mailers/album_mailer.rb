class AlbumMailer < ApplicationMailer
  # For the agency: its photos are in our database.
  def imported(agency, number)
    mail to: agency, subject: "We have #{number} photos from you", body: "Thank you."
  end

  # For our office.
  def attempted(agency, number)
    mail to: "office@example.com", subject: "#{agency} has sent #{number} photos", body: "Was it a success?"
  end
end
