# Be sure to restart your server when you modify this file.

# Keep these parameters out of the log: secrets, and pictures for being large.
Rails.application.config.filter_parameters += [
  :passw, :email, :secret, :token, :_key, :crypt, :salt, :certificate, :otp, :ssn, :cvv, :cvc,
  :image, :thumbnail, :filtered
]
