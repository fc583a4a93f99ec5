import { useEffect, useState } from "preact/hooks";
import type { Mail } from "../../sandbox/sandbox.ts";
import { clockTime } from "../format.ts";
import type { Bench } from "../session/bench.ts";
import { MailView } from "./MailView.tsx";
import "./mail.css";

/** The mail that the app has delivered: a list, and the one that is open. */
export function MailPanel({ bench }: { bench: Bench }) {
  const mails = useMails(bench);
  const [openId, setOpen] = useState<number | null>(null);
  const newest = mails.at(-1);
  if (!newest) {
    return (
      <p class="wb-empty">No mail yet. What the app delivers ends here; nothing leaves this tab.</p>
    );
  }
  const open = mails.find(({ id }) => id === openId) ?? newest;
  return (
    <div class="wb-mails">
      <ul class="wb-scroll" aria-label="Mails, newest first">
        {[...mails].reverse().map((mail) => (
          <li key={mail.id}>
            <button
              type="button"
              class="wb-mail-item"
              aria-current={mail.id === open.id ? "true" : undefined}
              onClick={() => setOpen(mail.id)}
            >
              <b>{mail.subject || "(no subject)"}</b>
              <span>
                {mail.to.join(", ")} <span class="num">{clockTime(mail.time, false)}</span>
              </span>
            </button>
          </li>
        ))}
      </ul>
      <MailView key={open.id} mail={open} onShowJob={bench.showJob} />
    </div>
  );
}

function useMails({ sandbox }: Bench): readonly Mail[] {
  const [mails, setMails] = useState<readonly Mail[]>(() => sandbox.mails());
  useEffect(() => {
    setMails(sandbox.mails());
    return sandbox.events.subscribe((event) => {
      if (event.type === "mail.delivered") setMails([...sandbox.mails()]);
    });
  }, [sandbox]);
  return mails;
}
