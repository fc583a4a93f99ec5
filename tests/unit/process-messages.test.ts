import { describe, expect, test } from "vitest";
import { parseKernelCall } from "../../src/sandbox/local/kernel-messages.ts";
import { parseProcessMessage } from "../../src/sandbox/local/process-messages.ts";

const job = { activeJobId: "a", jobId: 1, className: "J", queueName: "default" };
const event = (body: object) => ({ type: "event", time: 1, event: body });

describe("a message of a process", () => {
  test.each([
    { type: "idle" },
    { type: "source", index: 1, path: "app/models/photo.rb" },
    { type: "memory", bytes: 1 },
    { type: "lines", lines: [{ stream: "stdout", time: 1.5, text: "" }] },
    { type: "exited", code: 0, signal: null, reason: null, error: null, crash: null },
    event({ type: "job.started", job, execution: 0 }),
    event({ type: "job.aborted", job, duration: 1 }),
    event({ type: "job.discarded", job: { ...job, jobId: null }, error: null }),
  ])("is passed on: %o", (message) => expect(parseProcessMessage(message)).toEqual(message));

  test("is passed on without what does not belong to it", () => {
    const message = event({ type: "job.finished", jobId: 1, seq: 5, process: "web" });
    expect(parseProcessMessage(message)).toEqual(event({ type: "job.finished", jobId: 1 }));
  });

  test.each([
    [null, "the message must be of type object"],
    [{ type: "nope" }, "type is unknown"],
    [{ type: "memory", bytes: "1" }, "bytes must be of type number"],
    [{ type: "lines", lines: [{ stream: "x", time: 1, text: "" }] }, "lines.0.stream is unknown"],
    [event({ type: "process.exited", exit: {} }), "“process.exited” is no event of a process"],
    [event({ type: "toString" }), "“toString” is no event of a process"],
    [event({ type: "job.failed", jobIds: "all", error: {} }), "jobIds must be of type array"],
  ])("is refused: %o", (message, sentence) => {
    expect(() => parseProcessMessage(message)).toThrow(sentence);
  });
});

describe("a call of a process", () => {
  test.each([
    { op: "kernel.receive" },
    { op: "kernel.kill", pid: 101, signal: null },
    {
      op: "kernel.databases",
      databases: {
        paths: { primary: "a" },
        queue: "b",
        heartbeatInterval: 1,
        aliveThreshold: 1,
        shutdownTimeout: 1,
      },
    },
    { op: "kernel.fetch", method: "GET", path: "/", headers: [["a", "b"]] },
  ])("is passed on: %o", (call) => expect(parseKernelCall(call)).toEqual(call));

  test.each([
    { op: "kernel.nope" },
    { op: "kernel.kill", pid: 1.5, signal: "TERM" },
    { op: "kernel.kill", pid: 101, signal: "EXIT" },
    { op: "kernel.respond", id: 1, answer: [] },
    {
      op: "kernel.databases",
      databases: {
        paths: { primary: 1 },
        queue: "b",
        heartbeatInterval: 1,
        aliveThreshold: 1,
        shutdownTimeout: 1,
      },
    },
  ])("is refused: %o", (call) => expect(() => parseKernelCall(call)).toThrow(TypeError));
});
