import { useRef } from "preact/hooks";
import type { BootProgress } from "../../sandbox/sandbox.ts";
import { bytes } from "../format.ts";

type Step = Exclude<BootProgress["step"], "ready">;

const STEPS: readonly { step: Step; label: string }[] = [
  { step: "download", label: "Downloading Ruby and Rails" },
  { step: "database", label: "Preparing the databases" },
  { step: "processes", label: "Starting the processes" },
];

/** The steps of a boot, one below the other: what is done, what is in hand, what comes. */
export function BootSteps({ progress }: { progress: BootProgress | null }) {
  const step = progress?.step ?? "download";
  const downloaded = useRef(0);
  if (progress?.step === "download") downloaded.current = progress.totalBytes;
  const found = STEPS.findIndex((known) => known.step === step);
  const at = found === -1 ? STEPS.length : found;
  return (
    <>
      <ol class="wb-steps">
        {STEPS.map(({ step: known, label }, index) => (
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
        {STEPS[at]?.label ?? "Ready"}
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
