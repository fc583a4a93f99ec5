import type { Sandbox } from "../../sandbox/sandbox.ts";
import { RubyFailure } from "./ruby-failure.ts";
import type { Command } from "./shell.ts";

/** As `bin/rails db:migrate`: the migrations of every database, and what they print. */
const MIGRATE = `
ActiveRecord::Migration.verbose = true
ActiveRecord::Tasks::DatabaseTasks.with_temporary_pool_for_each(env: Rails.env) do |pool|
  pool.migration_context.migrate
end
nil`;

/** The first process that starts after a change of `db/` has run `db:prepare`. */
const UP_TO_DATE = "Nothing to migrate. (A process that starts runs new migrations first.)";

const STATUS = `
ActiveRecord::Tasks::DatabaseTasks.with_temporary_pool_for_each(env: Rails.env) do |pool|
  puts "database: #{pool.db_config.database}"
  pool.migration_context.migrations_status.each { |columns| puts columns.join("  ") }
end
nil`;

const jobs: Command = {
  name: "bin/jobs",
  usage: "bin/jobs",
  about: "Starts a jobs process, in the background",
  async run(args, { processes }) {
    if (args.some((arg) => arg !== "start")) {
      throw new Error("bin/jobs takes no options here: the Processes panel has them");
    }
    const { name, pid } = await processes.start({ kind: "jobs" });
    return `${name} runs, pid ${pid}. It does not hold this prompt, as it would on a machine.`;
  },
};

const rails: Command = {
  name: "bin/rails",
  usage: "bin/rails server | runner 'RUBY' | db:migrate | db:migrate:status",
  about: "What lessons use of it; Ruby runs in the console's process, not in a new one",
  async run([task = "", ...args], sandbox, signal) {
    switch (task) {
      case "server":
      case "s": {
        const { pid } = await sandbox.processes.start({ kind: "web" });
        return `The web process runs, pid ${pid}. The App panel shows it.`;
      }
      case "runner":
      case "r":
        return evaluate(runnerCode(args, sandbox), sandbox, signal);
      case "db:migrate":
        return (await evaluate(MIGRATE, sandbox, signal)) || UP_TO_DATE;
      case "db:migrate:status":
        return evaluate(STATUS, sandbox, signal);
      case "console":
      case "c":
        return "You have one: the Ruby prompt of this panel.";
      default:
        throw new Error(
          `${`bin/rails ${task}`.trim()} is not known here: server, runner, db:migrate and db:migrate:status are`,
        );
    }
  },
};

/** `runner` takes a line of Ruby or the path of a file. */
function runnerCode([code]: string[], { files }: Sandbox): string {
  if (code === undefined)
    throw new Error("bin/rails runner wants a line of Ruby in quotes, or a file");
  return files.list().includes(code) ? files.readText(code) : code;
}

/** Like a script: what it prints counts, not its value. */
async function evaluate(code: string, sandbox: Sandbox, signal?: AbortSignal): Promise<string> {
  const { output, error } = await sandbox.evaluate(code, signal);
  if (!error) return output.trimEnd();
  const trace = error.backtrace.map((frame) => `\tfrom ${frame}`);
  throw new RubyFailure([output + `${error.className}: ${error.message}`, ...trace].join("\n"));
}

export const RAILS_COMMANDS: readonly Command[] = [jobs, rails];
