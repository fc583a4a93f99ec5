import { spawn } from "node:child_process";

export interface RunOptions {
  env?: Record<string, string>;
  /** Keeps the output and prints it only when the command fails. */
  quiet?: boolean;
}

/** Runs a command to its end and resolves with its exit code. */
export function run(command: string, args: string[], options: RunOptions = {}): Promise<number> {
  const { env, quiet = false } = options;
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      stdio: quiet ? ["ignore", "pipe", "pipe"] : ["ignore", "inherit", "inherit"],
      env: { ...process.env, ASTRO_TELEMETRY_DISABLED: "1", ...env },
      shell: process.platform === "win32",
    });
    let output = "";
    child.stdout?.on("data", (chunk) => (output += String(chunk)));
    child.stderr?.on("data", (chunk) => (output += String(chunk)));
    child.on("error", reject);
    child.on("close", (code) => {
      if (code !== 0 && quiet) process.stderr.write(output);
      resolve(code ?? 1);
    });
  });
}

/** Runs a command and ends this process with its exit code when it fails. */
export async function mustRun(command: string, args: string[], options?: RunOptions) {
  const code = await run(command, args, options);
  if (code !== 0) process.exit(code);
}
