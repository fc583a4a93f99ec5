import { useState } from "preact/hooks";
import type { Mail } from "../../sandbox/sandbox.ts";
import { clockTime } from "../format.ts";

/** HTML without any right, and with nothing from elsewhere. */
const POLICY = `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">`;

interface Props {
  mail: Mail;
  onShowJob(activeJobId: string): void;
}

/** One mail: who sent it to whom and when, and what it says. */
export function MailView({ mail, onShowJob }: Props) {
  const { html, text, activeJobId } = mail;
  const [asText, setAsText] = useState(html === null);
  return (
    <article class="wb-mail-view" aria-label="Mail">
      <header>
        <h2>{mail.subject || "(no subject)"}</h2>
        <dl>
          <dt>From</dt>
          <dd>{mail.from.join(", ")}</dd>
          <dt>To</dt>
          <dd>{mail.to.join(", ")}</dd>
          <dt>Sent</dt>
          <dd class="num">
            {clockTime(mail.time)} by {mail.process}, pid {mail.pid},{" "}
            {activeJobId === null ? (
              "outside a job"
            ) : (
              <button type="button" class="wb-link" onClick={() => onShowJob(activeJobId)}>
                in a job
              </button>
            )}
          </dd>
        </dl>
        {html !== null && text !== null && (
          <div class="wb-actions" role="group" aria-label="Part of the mail">
            <button
              type="button"
              class="wb-btn small"
              aria-pressed={!asText}
              onClick={() => setAsText(false)}
            >
              HTML
            </button>
            <button
              type="button"
              class="wb-btn small"
              aria-pressed={asText}
              onClick={() => setAsText(true)}
            >
              Text
            </button>
          </div>
        )}
      </header>
      {asText || html === null ? (
        <pre class="wb-scroll" tabIndex={0} aria-label="Text of the mail">
          {text ?? ""}
        </pre>
      ) : (
        <iframe title={`HTML of “${mail.subject}”`} sandbox="" srcdoc={POLICY + html} />
      )}
    </article>
  );
}
