/** Makes the prepared databases: boots the base app once more, as a sandbox does. Runs in Node. */
import { createNodeSandbox } from "../local/node.ts";
import type { BootImage, FileTree } from "../sandbox.ts";
import { decidingFiles, type PreparedDatabases } from "./databases.ts";

/** The same at every build: Rails notes when it made its own tables. Prints where each database lies. */
const SETTLE = `
configurations = ActiveRecord::Base.configurations.configs_for(env_name: Rails.env)
configurations.each do |configuration|
  ActiveRecord::Tasks::DatabaseTasks.with_temporary_connection(configuration) do |connection|
    time = "2025-06-15 15:06:40"
    connection.execute("UPDATE ar_internal_metadata SET created_at = '#{time}', updated_at = '#{time}'")
    connection.execute("VACUUM")
  end
end
puts JSON.generate(configurations.to_h { |configuration| [ configuration.name, configuration.database ] })
`;

/** @throws Error with what Ruby said when the base app's databases cannot be prepared */
export async function prepareDatabases(
  image: BootImage,
  baseApp: FileTree,
): Promise<PreparedDatabases> {
  const sandbox = createNodeSandbox();
  try {
    const load = () => Promise.resolve({ ...image, databases: null });
    await sandbox.boot({ files: baseApp, processes: [], image: { load } });
    const { output, error } = await sandbox.evaluate(SETTLE);
    if (error) throw new Error(`${error.className}: ${error.message}`);
    const paths = JSON.parse(output) as Record<string, string>;
    const files = Object.entries(await sandbox.database.export());
    return {
      sources: decidingFiles(baseApp),
      files: Object.fromEntries(files.map(([name, bytes]) => [paths[name] as string, bytes])),
    };
  } finally {
    await sandbox.dispose();
  }
}
