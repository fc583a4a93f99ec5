// The channel between a process and who answers it, both ends in one thread.
import { expect, test } from "vitest";
import {
  ChannelClosedError,
  closeChannel,
  createChannelBuffer,
  SyncClient,
  SyncServer,
} from "../../src/sandbox/sync-channel.ts";

const PART_BYTES = 64;

/** A client whose messages reach the server at once, and what was sent as a message. */
function channel(handle: (bytes: Uint8Array) => Uint8Array) {
  const buffer = createChannelBuffer(PART_BYTES);
  const server = new SyncServer(buffer, handle);
  const sent: unknown[] = [];
  const port = {
    postMessage(message: unknown) {
      sent.push(message);
      server.receive(message);
    },
  };
  return { client: new SyncClient(port, buffer), server, sent, buffer };
}

const numbered = (length: number) => Uint8Array.from({ length }, (_, index) => index % 251);

test.each([0, 1, PART_BYTES, PART_BYTES + 1, 5 * PART_BYTES])(
  "a request and an answer of %i bytes arrive whole",
  (length) => {
    const { client } = channel((bytes) => bytes.toReversed());
    expect(client.call(numbered(length))).toEqual(numbered(length).toReversed());
  },
);

test("only a request that is larger than the channel goes with the message", () => {
  const { client, sent } = channel(() => new Uint8Array(1));
  client.call(numbered(PART_BYTES));
  client.call(numbered(PART_BYTES + 1));
  expect(sent).toEqual([PART_BYTES, { type: "call", bytes: numbered(PART_BYTES + 1) }]);
});

test("who answers may keep the request: the answer and later calls leave it as it was", () => {
  const kept: Uint8Array[] = [];
  const { client } = channel((bytes) => {
    kept.push(bytes);
    return new Uint8Array(PART_BYTES).fill(255);
  });
  client.call(numbered(10));
  client.call(numbered(20));
  expect(kept).toEqual([numbered(10), numbered(20)]);
  expect(kept.every(({ buffer }) => buffer instanceof ArrayBuffer)).toBe(true);
});

test("what is no request is not answered", () => {
  const asked: Uint8Array[] = [];
  const { server } = channel((bytes) => {
    asked.push(bytes);
    return bytes;
  });
  for (const message of [null, undefined, "call", {}, { type: "call", bytes: "x" }, [1]])
    server.receive(message);
  expect(asked).toEqual([]);
});

test("a closed channel refuses calls", () => {
  const { client, buffer } = channel((bytes) => bytes);
  closeChannel(buffer);
  expect(() => client.call(numbered(3))).toThrow(ChannelClosedError);
});
