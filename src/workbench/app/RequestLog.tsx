import { useEffect, useState } from "preact/hooks";
import type { SandboxEvents } from "../../sandbox/sandbox.ts";
import type { SandboxEvent } from "../../sandbox/events.ts";
import { clockTime, duration } from "../format.ts";

type Finished = Extract<SandboxEvent, { type: "request.finished" }>;

const KEPT = 50;

/** The last requests with status and duration, newest first. */
export function RequestLog({ events }: { events: SandboxEvents }) {
  const [requests, setRequests] = useState<Finished[]>([]);
  useEffect(() => {
    const isFinished = (event: SandboxEvent): event is Finished =>
      event.type === "request.finished";
    setRequests(events.history().filter(isFinished).slice(-KEPT).reverse());
    return events.subscribe((event) => {
      if (isFinished(event)) setRequests((all) => [event, ...all.slice(0, KEPT - 1)]);
    });
  }, [events]);

  return (
    <details class="wb-requests">
      <summary>
        Requests{" "}
        {requests[0] && (
          <span class="wb-quiet num">
            last: {requests[0].method} {requests[0].path} {requests[0].status} in{" "}
            {duration(requests[0].duration)}
          </span>
        )}
      </summary>
      <ol>
        {requests.map((request) => (
          <li key={request.seq} class="num">
            <span class="wb-quiet">{clockTime(request.time)}</span> {request.method} {request.path}{" "}
            <strong>{request.status}</strong> {duration(request.duration)}
          </li>
        ))}
      </ol>
    </details>
  );
}
