# No mail leaves your machine: each one becomes a file in tmp/mails.
ActiveSupport.on_load(:action_mailer) { self.delivery_method = :file }
