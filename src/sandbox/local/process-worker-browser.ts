/** Entry of a process's Web Worker. */
import { createProcess } from "../process/main.ts";
import type { PrepareMessage, StartMessage } from "../protocol.ts";
import type { ChannelPort } from "../sync-channel.ts";

const receive = createProcess<ChannelPort>((message, transfer = []) =>
  postMessage(message, { transfer }),
);

onmessage = (event: MessageEvent<PrepareMessage | StartMessage<ChannelPort>>) =>
  receive(event.data);
