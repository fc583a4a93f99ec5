/** Entry of a process's Web Worker. */
import { runProcess } from "../process/main.ts";
import type { ProcessMessage, StartMessage } from "../protocol.ts";
import type { ChannelPort } from "../sync-channel.ts";

const post = (message: ProcessMessage) => postMessage(message);

onmessage = (event: MessageEvent<StartMessage<ChannelPort>>) => {
  void runProcess(event.data, post).catch((error: unknown) => {
    const crash = error instanceof Error ? error.message : String(error);
    post({ type: "exited", code: 1, signal: null, reason: null, error: null, crash });
  });
};
