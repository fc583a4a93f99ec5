import { useEffect, useState } from "preact/hooks";
import type { Mail } from "../../sandbox/sandbox.ts";
import { clockTime } from "../format.ts";
import type { Bench } from "../session/bench.ts";
import "./mail.css";

/** The mail that the app has delivered. */
export function MailPanel({ bench }: { bench: Bench }) {
  const { sandbox } = bench;
  const [mails, setMails] = useState<readonly Mail[]>([]);
  useEffect(() => {
    setMails(sandbox.mails());
    return sandbox.events.subscribe((event) => {
      if (event.type === "mail.delivered") setMails([...sandbox.mails()]);
    });
  }, [sandbox]);

  if (mails.length === 0) return <p class="wb-empty">No mail yet.</p>;
  return (
    <ul class="wb-scroll wb-mails">
      {[...mails].reverse().map((mail) => (
        <li key={mail.id}>
          <details>
            <summary>
              <strong>{mail.subject}</strong> to {mail.to.join(", ")} at {clockTime(mail.time)} by{" "}
              {mail.process}
            </summary>
            <MailBody mail={mail} />
          </details>
        </li>
      ))}
    </ul>
  );
}

/** The body: HTML without any right, in a frame of its own; or the text. */
function MailBody({ mail }: { mail: Mail }) {
  if (mail.html === null) return <pre>{mail.text ?? ""}</pre>;
  const policy = `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">`;
  return <iframe class="wb-mail" title={mail.subject} sandbox="" srcdoc={policy + mail.html} />;
}
