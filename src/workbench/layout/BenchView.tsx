import { AppPanel } from "../app/AppPanel.tsx";
import { CheckPanel } from "../check/CheckPanel.tsx";
import { ClockBar } from "../clock/ClockBar.tsx";
import { ConsolePanel } from "../console/ConsolePanel.tsx";
import { EditorPanel } from "../editor/EditorPanel.tsx";
import { JobsPanel } from "../jobs/JobsPanel.tsx";
import { LogPanel } from "../logs/LogPanel.tsx";
import { MailPanel } from "../mail/MailPanel.tsx";
import { ProcessesPanel } from "../processes/ProcessesPanel.tsx";
import { ProcessStrip } from "../processes/ProcessStrip.tsx";
import type { Bench, LowerPanel, UpperPanel } from "../session/bench.ts";
import { TabPanel, Tabs, type Tab } from "./Tabs.tsx";

const UPPER: Tab<UpperPanel>[] = [
  { name: "editor", label: "Editor" },
  { name: "app", label: "App" },
  { name: "console", label: "Console" },
  { name: "mail", label: "Mail" },
];

/** The running workbench: files and app above, what the jobs do below, processes at the foot. */
export function BenchView({ bench }: { bench: Bench }) {
  const { upper, lower } = bench;
  const jobCount = bench.jobs.data.value?.length ?? 0;
  const lowerTabs: Tab<LowerPanel>[] = [
    { name: "jobs", label: <>Jobs {jobCount > 0 && <span class="wb-count">{jobCount}</span>}</> },
    { name: "log", label: "Logs" },
    { name: "processes", label: "Processes" },
    { name: "check", label: "Check" },
  ];
  return (
    <div class="wb-bench">
      <Tabs label="Files and app" tabs={UPPER} selected={upper}>
        <ClockBar clock={bench.sandbox.clock} />
      </Tabs>
      <div class="wb-pane">
        <TabPanel name="editor" selected={upper}>
          <EditorPanel bench={bench} />
        </TabPanel>
        <TabPanel name="app" selected={upper}>
          <AppPanel bench={bench} />
        </TabPanel>
        <TabPanel name="console" selected={upper}>
          <ConsolePanel bench={bench} />
        </TabPanel>
        <TabPanel name="mail" selected={upper}>
          <MailPanel sandbox={bench.sandbox} />
        </TabPanel>
      </div>
      <Tabs label="What happens" tabs={lowerTabs} selected={lower} />
      <div class="wb-pane">
        <TabPanel name="jobs" selected={lower}>
          <JobsPanel bench={bench} />
        </TabPanel>
        <TabPanel name="log" selected={lower}>
          <LogPanel logs={bench.sandbox.logs} />
        </TabPanel>
        <TabPanel name="processes" selected={lower}>
          <ProcessesPanel bench={bench} />
        </TabPanel>
        <TabPanel name="check" selected={lower}>
          <CheckPanel bench={bench} />
        </TabPanel>
      </div>
      <ProcessStrip bench={bench} />
    </div>
  );
}
