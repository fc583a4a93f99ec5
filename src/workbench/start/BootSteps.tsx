import { useRef } from "preact/hooks";
import type { BootProgress } from "../../sandbox/sandbox.ts";
import { bytes } from "../format.ts";
import type { HostName } from "../host/hosts.ts";
import { STEPS } from "./steps.ts";

interface Props {
  progress: BootProgress | null;
  host: HostName;
}

/** The steps of a boot, one below the other: what is done, what is in hand, what comes. */
export function BootSteps({ progress, host }: Props) {
  const steps =
    host === "webcontainer" ? STEPS : STEPS.filter((known) => known.step !== "container");
  const step = progress?.step ?? "download";
  const downloaded = useRef(0);
  if (progress?.step === "download") downloaded.current = progress.totalBytes;
  const found = steps.findIndex((known) => known.step === step);
  const at = found === -1 ? steps.length : found;
  return (
    <>
      <ol class="wb-steps">
        {steps.map(({ step: known, label }, index) => (
          <li
            key={known}
            data-progress={index < at ? "done" : index === at ? "current" : "next"}
            aria-current={index === at ? "step" : undefined}
          >
            <span>{label}</span>
            <span class="num">
              {index < at && (known === "download" ? `done, ${bytes(downloaded.current)}` : "done")}
              {index === at && <InHand progress={progress} label={label} />}
            </span>
          </li>
        ))}
      </ol>
      <p class="sr-only" role="status">
        {steps[at]?.label ?? "Ready"}
      </p>
    </>
  );
}

function InHand({ progress, label }: { progress: BootProgress | null; label: string }) {
  const { doneBytes = 0, totalBytes = 0 } = progress ?? {};
  const known = totalBytes > 0;
  return (
    <>
      {known && `${bytes(doneBytes)} of ${bytes(totalBytes)}`}
      <progress aria-label={label} {...(known && { value: doneBytes, max: totalBytes })} />
    </>
  );
}
