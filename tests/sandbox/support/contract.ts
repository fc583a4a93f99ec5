/** What every host of the engine promises, also when it is used wrongly, early or late. */
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import {
  BootError,
  ProcessStartError,
  type Sandbox,
  type Snapshot,
} from "../../../src/sandbox/sandbox.ts";
import { ruby, until } from "./ask.ts";
import { performsJobs } from "./contract-jobs.ts";
import { alive, linesOf } from "./stream.ts";

const CONTROLLER = "app/controllers/photos_controller.rb";

const REDIRECTING_ROUTES = `
Rails.application.routes.draw do
  match "old", to: "photos#old", via: :all
  match "new", to: "photos#new", via: :all
  resources :photos
end
`;
const REDIRECTING = `
class PhotosController < ActionController::Base
  skip_forgery_protection
  def edit
    $stdout.puts "said out"
    $stderr.puts "said err"
    head :ok
  end
  def old = redirect_to("/new", status: :temporary_redirect)
  def new = render(plain: "#{request.method} #{params[:name]}")
end
`;

const NEVER = {
  load: () => new Promise<never>(() => undefined),
  files: () => new Promise<never>(() => undefined),
};

/** The host that is tested. */
export interface TestedHost {
  create(): Sandbox;
  /** One that runs the base app with a web process, from the snapshot where there is one. */
  boot(snapshot?: Snapshot): Promise<Sandbox>;
}

export function holdToContract({ create, boot }: TestedHost): void {
  describe("a sandbox that does not run", () => {
    test("stops a boot under way when it is disposed of", async () => {
      const sandbox = create();
      const booting = sandbox.boot({ files: {}, image: NEVER });
      const again = sandbox.boot({ files: {}, image: NEVER });
      await expect(again).rejects.toThrow("booted already");
      await sandbox.dispose();
      await expect(booting).rejects.toThrow(BootError);
      expect(() => sandbox.processes).toThrow("not running");
    });
  });

  describe("a running sandbox", () => {
    let sandbox: Sandbox;
    beforeAll(async () => {
      sandbox = await boot();
    });
    afterAll(() => sandbox.dispose());

    test("says what its host can do, and why not what it cannot", () => {
      for (const can of Object.values(sandbox.capabilities))
        if (can !== true) expect(can).toMatch(/^[A-Z].*\.$/);
      expect(sandbox.shell !== null).toBe(sandbox.capabilities.shell === true);
    });

    test.each([
      { threads: 0 },
      { pollingInterval: -1 },
      { pollingInterval: Number.NaN },
      { queues: [] },
    ])("starts nothing with %o", async (options) => {
      const before = sandbox.processes.list().length;
      const start = sandbox.processes.start({ kind: "jobs", ...options });
      await expect(start).rejects.toThrow(ProcessStartError);
      const [name] = Object.keys(options);
      await expect(start).rejects.toMatchObject({
        option: { name, rule: expect.stringMatching(/^must .*\.$/) },
      });
      expect(sandbox.processes.list()).toHaveLength(before);
    });

    test("starts one console for two first questions", async () => {
      await Promise.all([sandbox.evaluate("1"), sandbox.queue.pause("default")]);
      expect(alive(sandbox, "console")).toHaveLength(1);
      await sandbox.queue.resume("default");
    });

    test("outlives a listener that throws", async () => {
      const complaint = vi.spyOn(console, "error").mockImplementation(() => undefined);
      const stop = sandbox.events.subscribe(() => {
        throw new Error("a panel broke");
      });
      const { pid } = await sandbox.processes.start({ kind: "jobs" });
      sandbox.processes.signal(pid, "KILL");
      expect((await sandbox.processes.wait(pid)).signal).toBe("KILL");
      stop();
      expect(complaint).toHaveBeenCalled();
      complaint.mockRestore();
    });

    test("changes no file when one path is bad", () => {
      const before = sandbox.files.list();
      expect(() => sandbox.files.replace({ "a.rb": "", "../b.rb": "" })).toThrow("not a path");
      expect(sandbox.files.list()).toEqual(before);
    });

    test("describes an error whose message raises", async () => {
      const code = 'class Bad < StandardError; def message = raise("x"); end; raise Bad';
      const { error } = await sandbox.evaluate(code);
      expect(error?.className).toBe("Bad");
      expect(await ruby(sandbox, "1 + 1")).toBe("2");
    });

    test("takes an event's order and process from nobody but itself", async () => {
      await ruby(sandbox, 'Sandbox::Events.emit("code.reloaded", paths: [], seq: -5, pid: "x")');
      const events = sandbox.events.history();
      expect(events.map(({ seq }) => seq)).toEqual([...events.keys()].map((index) => index + 1));
    });

    test("believes no event and no call that is none", async () => {
      const before = sandbox.events.history().at(-1)?.seq ?? 0;
      await ruby(sandbox, 'Sandbox::Events.emit("process.exited", exit: nil)');
      await ruby(sandbox, 'Sandbox::Events.emit("job.failed", jobIds: "all", error: {})');
      const ignored = () => linesOf(sandbox, "The sandbox ignored a message of this process");
      await until(() => ignored().length === 2, "both messages are ignored");
      const told = sandbox.events.history().filter(({ seq }) => seq > before);
      const types = told.map(({ type }) => type);
      expect(types).not.toContain("process.exited");
      expect(types).not.toContain("job.failed");
      await expect(ruby(sandbox, 'Sandbox::Host.call("kernel.files", since: "x")')).rejects.toThrow(
        "Sandbox::Host::Error: since must be of type number",
      );
      await expect(ruby(sandbox, 'Sandbox::Host.call("kernel.nope")')).rejects.toThrow(
        "Sandbox::Host::Error: op is unknown",
      );
      expect(await ruby(sandbox, "1 + 1")).toBe("2");
    });

    test("repeats method and body for a redirect with 307, and tells the app's two streams apart", async () => {
      const original = sandbox.files.readText(CONTROLLER);
      const routes = sandbox.files.readText("config/routes.rb");
      sandbox.files.write("config/routes.rb", REDIRECTING_ROUTES);
      sandbox.files.write(CONTROLLER, REDIRECTING);
      const response = await sandbox.fetch(
        new Request("http://localhost:3000/old", {
          method: "PUT",
          body: "name=a+photo",
          headers: { "content-type": "application/x-www-form-urlencoded" },
        }),
      );
      expect([response.status, await response.text()]).toEqual([200, "PUT a photo"]);
      expect(response.headers.get("x-sandbox-url")).toBe("http://localhost:3000/new");
      await sandbox.fetch(new Request("http://localhost:3000/photos/1/edit"));
      await until(() => linesOf(sandbox, "said").length === 2, "both lines are there");
      const streams = linesOf(sandbox, "said").map(({ stream, text }) => [text, stream]);
      expect(sandbox.capabilities.separateStderr).toBe(true);
      expect(Object.fromEntries(streams)).toEqual({ "said out": "stdout", "said err": "stderr" });
      sandbox.files.write(CONTROLLER, original);
      sandbox.files.write("config/routes.rb", routes);
    });

    test("does not follow a redirect out of the app, and refuses a status that is none", async () => {
      const original = sandbox.files.readText(CONTROLLER);
      const index = (body: string) =>
        original.replace("def index", `def index\n    return ${body}`);
      sandbox.files.write(
        CONTROLLER,
        index('redirect_to("https://example.com/x", allow_other_host: true)'),
      );
      const away = await sandbox.fetch(new Request("http://localhost:3000/photos"));
      expect([away.status, away.headers.get("location")]).toEqual([302, "https://example.com/x"]);

      sandbox.files.write(CONTROLLER, index("head(199)"));
      const odd = sandbox.fetch(new Request("http://localhost:3000/photos"));
      await expect(odd).rejects.toThrow("status 199");
      sandbox.files.write(CONTROLLER, original);
    });

    performsJobs(() => sandbox);
  });

  test("answers no question once it has been stopped; the next one goes on from its snapshot", async () => {
    const stopped = await boot();
    const { database } = stopped;
    const insert = "INSERT INTO photos (title, image, content_type, created_at, updated_at)";
    await database.execute("primary", `${insert} VALUES ('Kept', x'00ff', 'image/png', 0, 0)`);
    await stopped.clock.advance(86_400_000);
    const snapshot = await stopped.snapshot();
    await stopped.dispose();
    await expect(database.query("primary", "SELECT 1")).rejects.toThrow("stopped");

    const next = await boot(snapshot);
    expect(await ruby(next, "Photo.pluck(:title)")).toBe('["Kept"]');
    expect(next.clock.offset()).toBeGreaterThanOrEqual(86_400_000);
    expect(next.processes.list()[0]?.pid).toBe(snapshot.nextPid);
    await next.dispose();
  });
}
