/** One thing of the API that the editor explains. */
export interface DocEntry {
  /** The word in the code. */
  name: string;
  /** How it is written, with its defaults. */
  signature: string;
  /** What it does, in one to three sentences, true for the versions in the sandbox. */
  text: string;
  /** A page that says more, of that version. */
  url: string;
  /**
   * Where the word stands: `class` in a class body, `call` after a dot, `job` inside `perform`,
   * `record` in a model's body, or as a key in that file of `config/`.
   */
  place: "class" | "call" | "job" | "record" | "queue.yml" | "recurring.yml";
  /** What is inserted, as a snippet; the name where it is left out. */
  insert?: string;
}

export const GUIDE = "https://guides.rubyonrails.org/v8.0/active_job_basics.html";
export const CALLBACKS_GUIDE = "https://guides.rubyonrails.org/v8.0/active_record_callbacks.html";
export const MAILER_GUIDE = "https://guides.rubyonrails.org/v8.0/action_mailer_basics.html";
export const SOLID_QUEUE = "https://github.com/rails/solid_queue/blob/v1.1.0/README.md";
