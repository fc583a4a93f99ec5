import * as z from "zod/mini";
import type { Sandbox } from "../../sandbox/sandbox.ts";

const readingSchema = z.object({
  /**
   * What Fugit takes it for. Solid Queue accepts `cron` alone (solid_queue-1.1.0,
   * app/models/solid_queue/recurring_task.rb, `supported_schedule`).
   */
  kind: z.enum(["cron", "duration", "moment", "nothing"]),
  /** Five fields, or six with seconds first, without the zone; empty where it is no cron. */
  cron: z.string(),
  /** Where the text names one. */
  zone: z.nullable(z.string()),
  /** The zone for texts that name none. */
  localZone: z.string(),
  /** Day of the month and day of the week both say something: `either` has to fit, or `both`. */
  days: z.enum(["either", "both", "plain"]),
  /** All cron lines that the words mean; only the first is used. */
  lines: z.array(z.string()),
  /** The single moment, where it is one. */
  moment: z.string(),
  /** The next runs, up to 40: as text for people, and in ms. */
  runs: z.array(z.object({ at: z.number(), text: z.string() })),
});

/** A schedule as the sandbox's own Fugit reads it. */
export type ScheduleReading = z.infer<typeof readingSchema>;

/** Half a second is enough for 40 runs that are near; one that comes every four years is slow to find. */
const RUBY = `->(text) {
  read = (Fugit.parse(text) rescue nil)
  cron = read if read.instance_of?(Fugit::Cron)
  fields = cron ? cron.to_cron_s.split.first(cron.seconds == [ 0 ] ? 5 : 6).join(" ") : "" # without the zone
  days = !(cron&.monthdays && cron.weekdays) ? "plain" : cron.instance_variable_get(:@day_and) ? "both" : "either"
  lines = (Fugit::Nat.parse(text, multi: true) rescue nil)
  runs, time, started = [], EtOrbi::EoTime.now, Process.clock_gettime(Process::CLOCK_MONOTONIC)
  while cron && runs.size < 40 && (runs.size < 3 || Process.clock_gettime(Process::CLOCK_MONOTONIC) - started < 0.5)
    runs << (time = cron.next_time(time))
  end
  kinds = { Fugit::Cron => "cron", Fugit::Duration => "duration", EtOrbi::EoTime => "moment" }
  puts({
    kind: text.strip.empty? ? "nothing" : kinds.fetch(read.class, "nothing"),
    cron: days == "both" ? fields + "&" : fields, # to_cron_s leaves it out
    zone: cron&.zone,
    localZone: EtOrbi.determine_local_tzone.name,
    days:,
    lines: lines.is_a?(Array) ? lines.map(&:to_cron_s) : [],
    moment: read.is_a?(EtOrbi::EoTime) ? read.strftime("%-d %B %Y, %H:%M") : "",
    runs: runs.map { |run| { at: (run.to_f * 1000).round, text: run.translate(cron.zone).strftime("%a %-d %b %Y, %H:%M:%S %z") } }
  }.to_json)
}`;

/**
 * Reads a schedule with the Fugit of the sandbox, in its console.
 * @throws Error with Ruby's message where that fails
 */
export async function readSchedule(
  sandbox: Pick<Sandbox, "evaluate">,
  text: string,
  signal?: AbortSignal,
): Promise<ScheduleReading> {
  const code = `${RUBY}.call(${rubyString(text)})`;
  const { output, error } = await sandbox.evaluate(code, signal);
  if (error) throw new Error(`${error.className}: ${error.message}`);
  return readingSchema.parse(JSON.parse(output));
}

/** As bytes, so that nothing in the text is Ruby. */
function rubyString(text: string): string {
  return `[${[...new TextEncoder().encode(text)].join(", ")}].pack("C*").force_encoding("UTF-8")`;
}
