/** A process as the sandbox holds it, those that it knows, and one that is started when it is wanted. */
import { beforeEach, expect, test, vi } from "vitest";
import { KeptProcess } from "../../src/sandbox/local/kept-process.ts";
import { killed } from "../../src/sandbox/local/exits.ts";
import { ProcessRecord } from "../../src/sandbox/local/process-record.ts";
import { ProcessRecords } from "../../src/sandbox/local/process-records.ts";
import {
  ChannelClosedError,
  createChannelBuffer,
  SyncClient,
} from "../../src/sandbox/sync-channel.ts";

const worker = { post: vi.fn(), onMessage: vi.fn(), onBroken: vi.fn(), terminate: vi.fn() };
const kernel = { receive: vi.fn() };
let database: SharedArrayBuffer;

function createRecord(pid = 101): ProcessRecord {
  const info = { pid, kind: "jobs", name: "jobs-1", status: "starting", exit: null };
  return new ProcessRecord("jobs", info as never, worker, { kernel, database });
}

beforeEach(() => {
  vi.clearAllMocks();
  database = createChannelBuffer();
});

test("one that has started runs, but for one that was asked to stop meanwhile", async () => {
  const record = createRecord();
  record.hasStarted();
  await record.started.promise;
  expect(record.info.status).toBe("running");

  const stopping = createRecord();
  stopping.info.status = "stopping";
  stopping.hasStarted();
  await stopping.started.promise;
  expect(stopping.info.status).toBe("stopping");
});

test("its end ends its worker, nobody answers its calls, and whoever waits is told why", async () => {
  const record = createRecord();
  record.receiveCall(4);
  const answer = record.ask({ type: "evaluate", code: "1" });
  record.end(killed("KILL"));
  const gone = "The process jobs-1 (pid 101) has ended: received KILL";
  await expect(answer).rejects.toThrow(gone);
  await expect(record.started.promise).rejects.toThrow(gone);
  await expect(record.ask({ type: "evaluate", code: "2" })).rejects.toThrow(gone);
  expect(await record.ended.promise).toEqual(killed("KILL"));
  expect(worker.terminate).toHaveBeenCalledOnce();
  record.receiveCall(8);
  expect(kernel.receive.mock.calls).toEqual([[4]]);
  expect(record.control.killed).toBe(true);
});

test("where the database is lost, its next question is refused; after its end nothing is touched", () => {
  const client = new SyncClient({ postMessage: vi.fn() }, database);
  const record = createRecord();
  record.loseDatabase();
  expect(() => client.call(new Uint8Array(4))).toThrow(ChannelClosedError);
  record.end(killed("KILL"));
  expect(() => record.loseDatabase()).not.toThrow();
});

test("a kept process is launched once for all who ask, and again when it has ended or did not start", async () => {
  const records: ProcessRecord[] = [];
  const launch = vi.fn(() => {
    const record = createRecord();
    records.push(record);
    return Promise.resolve(record);
  });
  const kept = new KeptProcess(launch);
  expect(launch).not.toHaveBeenCalled();
  expect(kept.running).toBeNull();
  const [one, other] = await Promise.all([kept.get(), kept.get()]);
  expect(one).toBe(other);
  expect(launch).toHaveBeenCalledOnce();
  expect(kept.running).toBe(one);

  records[0]?.end(killed("KILL"));
  expect(kept.running).toBeNull();
  launch.mockRejectedValueOnce(new Error("no memory"));
  await expect(kept.get()).rejects.toThrow("no memory");
  expect(await kept.get()).toBe(records[1]);
});

test("whoever lives is known, and of those that have ended the newest 200", () => {
  const records = new ProcessRecords();
  const pids = () => records.all().map(({ info }) => info.pid);
  for (let pid = 1; pid <= 500; pid += 1) {
    const record = createRecord(pid);
    records.add(record);
    if (pid > 2) record.end(killed("KILL"));
  }
  const newest = Array.from({ length: 201 }, (_, index) => index + 300);
  expect(pids()).toEqual([1, 2, ...newest]);
  expect(records.alive().map(({ info }) => info.pid)).toEqual([1, 2]);
  expect(records.alive("web")).toEqual([]);
  expect(records.find(500)?.info.exit?.signal).toBe("KILL");
  expect(records.find(299)).toBeUndefined();
  records.add(createRecord(501));
  expect(pids()).toEqual([1, 2, ...newest.slice(1), 501]);
});
