# frozen_string_literal: true

module Sandbox
  # Action Mailer's delivery method `:sandbox`: hands the mail to the page instead of a server.
  class MailDelivery
    attr_reader :settings # Mail asks for it in deliver!

    def initialize(settings = {})
      @settings = settings
    end

    def deliver!(mail)
      Host.call "kernel.mail", mail: {
        from: Array(mail.from), to: Array(mail.to), subject: Text.utf8(mail.subject),
        html: body(mail, :html_part, "text/html"), text: body(mail, :text_part, "text/plain"),
        activeJobId: Fiber[:sandbox_active_job_id]
      }
    end

    private
      def body(mail, part, type)
        source = mail.public_send(part) || (mail if !mail.multipart? && mail.mime_type == type)
        source && Text.utf8(source.decoded)
      end
  end
end
