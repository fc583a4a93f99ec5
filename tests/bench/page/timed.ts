/** What both ways of working are measured with. */

/** Of a worker: it claims so many jobs at once. */
export const THREADS = 3;

/** Ruby whose value is the seconds that the block takes; the block knows its number, `n`. */
export const timed = (times: number, body: string): string =>
  `started = Process.clock_gettime(Process::CLOCK_MONOTONIC); ${times}.times { |n| ${body} }; ` +
  "Process.clock_gettime(Process::CLOCK_MONOTONIC) - started";
