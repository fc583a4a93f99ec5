class PhotoMailer < ApplicationMailer
  def processed(photo)
    @photo = photo
    mail to: "photographer@example.com", subject: "Your photo “#{photo.title}” is ready"
  end

  def digest(count)
    mail to: "editor@example.com", subject: "Good morning: #{count} photos", body: "Have a good day."
  end
end
