/** What a learner's page does with the engine, without a page: see `Facts`. */
import { fetchBootImage } from "../../../src/sandbox/boot-image/fetch.ts";
import type { FileTree } from "../../../src/course/file-tree.ts";
import type { JobRow, Sandbox } from "../../../src/sandbox/sandbox.ts";
import { APP_ORIGIN, formRequest, pageRequest } from "../../../src/workbench/app/requests.ts";
import type { Facts } from "./report.ts";

const SAMPLE = "test/fixtures/files/sunset.jpg";

const job = (name: string, body: string) =>
  `class ${name} < ApplicationJob\n  def perform(id = nil)\n    ${body}\n  end\nend\n`;

const JOBS: FileTree = {
  "app/jobs/photo_job.rb": job("PhotoJob", "Photo.find(id).process_image"),
  "app/jobs/sleepy_job.rb": job("SleepyJob", "sleep 600"),
  "app/jobs/endless_job.rb": job("EndlessJob", "loop { }"),
};

/** @param begin is told the name of each step */
export async function runSteps(
  sandbox: Sandbox,
  baseApp: FileTree,
  begin: (step: string) => void,
): Promise<Facts> {
  begin("boot");
  const image = fetchBootImage(new URL("/boot/", location.href).href);
  await sandbox.boot({ files: { ...baseApp, ...JOBS }, image }, ({ step }) =>
    begin(`boot: ${step}`),
  );

  begin("evaluate");
  const evaluated = {
    simple: await ruby(sandbox, "6 * 7"),
    deep: await ruby(sandbox, "nest = ->(n) { n.zero? ? 0 : 1 + nest.(n - 1) }; nest.(1_000)"),
  };

  begin("upload");
  const upload = await uploadSample(sandbox, baseApp[SAMPLE] as Uint8Array<ArrayBuffer>);

  begin("perform");
  const photoJob = await perform(sandbox);
  const thumbnail = await sizeOf(
    await sandbox.fetch(pageRequest(new URL("/photos/1/thumbnail", APP_ORIGIN))),
  );

  begin("kill a sleeping worker");
  const killedAsleep = await killDuring(sandbox, "SleepyJob");
  begin("kill a busy worker");
  await sandbox.processes.start({ kind: "jobs" });
  const killedBusy = await killDuring(sandbox, "EndlessJob");

  begin("perform once more");
  await sandbox.processes.start({ kind: "jobs" });
  const nextJob = await perform(sandbox);

  const { versions } = sandbox;
  begin("dispose");
  await sandbox.dispose();
  begin("done");
  return { versions, evaluated, upload, photoJob, thumbnail, killedAsleep, killedBusy, nextJob };
}

async function ruby(sandbox: Sandbox, code: string): Promise<string | null> {
  const { result, error } = await sandbox.evaluate(code);
  if (error) throw new Error(`${code}: ${error.className}: ${error.message}`);
  return result;
}

/** Sends the app's form as the workbench does. */
async function uploadSample(sandbox: Sandbox, picture: Uint8Array<ArrayBuffer>) {
  const page = await (await sandbox.fetch(pageRequest(new URL(APP_ORIGIN)))).text();
  const token = /name="authenticity_token" value="([^"]+)"/.exec(page)?.[1] ?? "";
  const image = { name: "sunset.jpg", type: "image/jpeg", bytes: picture.buffer };
  const request = formRequest(
    {
      type: "submit",
      action: "/photos",
      method: "post",
      enctype: "multipart/form-data",
      entries: [
        ["authenticity_token", token],
        ["photo[title]", "Sunset"],
        ["photo[image]", image],
      ],
    },
    APP_ORIGIN,
  );
  const response = await sandbox.fetch(request as Request);
  return { status: response.status, location: response.headers.get("location") };
}

async function perform(sandbox: Sandbox): Promise<JobRow["state"]> {
  const over = happened(sandbox, (type) => type === "job.performed" || type === "job.raised");
  await ruby(sandbox, "PhotoJob.perform_later(1)");
  await over;
  // The event comes from inside the job, the row is marked a moment later.
  for (;;) {
    const { state } = await newestJob(sandbox, "PhotoJob");
    if (state !== "claimed") return state;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function killDuring(sandbox: Sandbox, className: string) {
  const started = happened(sandbox, (type) => type === "job.started");
  await ruby(sandbox, `${className}.perform_later`);
  const pid = await started;
  const exit = sandbox.processes.wait(pid);
  sandbox.processes.signal(pid, "KILL");
  return { exit: await exit, job: (await newestJob(sandbox, className)).state };
}

/** Resolves with the process of the next such event. */
function happened(sandbox: Sandbox, wanted: (type: string) => boolean): Promise<number> {
  return new Promise((resolve) => {
    const stop = sandbox.events.subscribe(({ type, pid }) => {
      if (!wanted(type)) return;
      stop();
      resolve(pid);
    });
  });
}

async function newestJob(sandbox: Sandbox, className: string): Promise<JobRow> {
  const [row] = await sandbox.queue.jobs({ className, limit: 1 });
  if (!row) throw new Error(`There is no ${className}`);
  return row;
}

async function sizeOf(response: Response): Promise<[number, number]> {
  const { width, height } = await createImageBitmap(await response.blob());
  return [width, height];
}
