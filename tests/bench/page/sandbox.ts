/** A sandbox for the benchmark: the base app with a job, and a form that enqueues it. */
import { decodeTree } from "../../../src/course/encode.ts";
import { fetchBootImage } from "../../../src/sandbox/boot-image/fetch.ts";
import type { SandboxEvent } from "../../../src/sandbox/events.ts";
import { createBrowserSandbox } from "../../../src/sandbox/local/browser.ts";
import type { BootProgress, Sandbox, StartOptions } from "../../../src/sandbox/sandbox.ts";
import type { FileTree } from "../../../src/course/file-tree.ts";

const FILES: FileTree = {
  "app/jobs/bench_job.rb":
    "class BenchJob < ApplicationJob\n  def perform(number = nil)\n    number\n  end\nend\n",
  "app/controllers/clicks_controller.rb": `class ClicksController < ApplicationController
  skip_forgery_protection

  def index
    render plain: "hello"
  end

  def create
    BenchJob.perform_later(1)
    redirect_to clicks_path, status: :see_other
  end
end
`,
  "config/routes.rb": `Rails.application.routes.draw do
  root "photos#index"
  resources :photos, only: %i[ index show create destroy ]
  resources :clicks, only: %i[ index create ]
end
`,
};

/** @param processes as `BootOptions.processes`; with none the console is the only process */
export async function startSandbox(
  processes: StartOptions[],
  onProgress?: (progress: BootProgress) => void,
): Promise<Sandbox> {
  const response = await fetch("/base-app.json");
  const files = { ...decodeTree(await response.json()), ...FILES };
  const sandbox = createBrowserSandbox();
  const image = fetchBootImage(new URL("/boot/", location.href).href);
  await sandbox.boot({ files, image, processes }, onProgress);
  return sandbox;
}

/** The value of one entry in the console. */
export async function ruby(sandbox: Sandbox, code: string): Promise<string> {
  const { result, error } = await sandbox.evaluate(code);
  if (error) throw new Error(`${code}: ${error.className}: ${error.message}`);
  return result ?? "";
}

/** Resolves once an event has been told `count` times. */
export function told(sandbox: Sandbox, type: SandboxEvent["type"], count = 1): Promise<void> {
  return new Promise((resolve) => {
    let missing = count;
    const stop = sandbox.events.subscribe((event) => {
      if (event.type !== type || (missing -= 1) > 0) return;
      stop();
      resolve();
    });
  });
}

export function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}
