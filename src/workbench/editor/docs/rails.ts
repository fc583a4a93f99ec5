import { CALLBACKS_GUIDE, MAILER_GUIDE, type DocEntry } from "./entry.ts";

const callback = (name: string, text: string): DocEntry => ({
  name,
  signature: `${name} :method_name, if: nil, unless: nil`,
  text,
  url: `${CALLBACKS_GUIDE}#after-commit-after-rollback`,
  place: "record",
  insert: `${name} :\${1:method_name}`,
});

/** What of Active Record and Action Mailer 8.0 has to do with jobs. */
export const RAILS_DOCS: DocEntry[] = [
  callback(
    "after_commit",
    "Runs when the transaction is over and other processes can see the record: the right place to enqueue a job. `on:` says after which of create, update and destroy.",
  ),
  callback(
    "after_create_commit",
    "after_commit for a record that was created. insert_all skips it.",
  ),
  callback(
    "after_update_commit",
    "after_commit for a record that was updated, and not created in the same transaction.",
  ),
  callback("after_save_commit", "after_commit for a record that was created or updated."),
  callback("after_rollback", "Runs when the record's transaction was rolled back."),
  callback(
    "after_save",
    "Runs inside the transaction, before its commit. A job enqueued here may start before the record can be seen, or outlive its rollback.",
  ),
  {
    name: "deliver_later",
    signature: "SomeMailer.welcome(user).deliver_later(wait: nil, wait_until: nil, queue: nil)",
    text: "Enqueues ActionMailer::MailDeliveryJob. Only the mailer's arguments are stored: the mail is made when the job runs.",
    url: `${MAILER_GUIDE}#calling-the-mailer`,
    place: "call",
    insert: "deliver_later",
  },
  {
    name: "deliver_now",
    signature: "SomeMailer.welcome(user).deliver_now",
    text: "Makes and sends the mail here, while the caller waits.",
    url: `${MAILER_GUIDE}#calling-the-mailer`,
    place: "call",
  },
];
