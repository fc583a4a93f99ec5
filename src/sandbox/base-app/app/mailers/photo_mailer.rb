class PhotoMailer < ApplicationMailer
  def processed(photo)
    @photo = photo
    mail to: "photographer@example.com", subject: "Your photo “#{photo.title}” is ready"
  end
end
