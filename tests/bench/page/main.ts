/** The benchmark's page: runs what `?measure=` names and reports in `globalThis.bench`. */
import type { BenchReport, MeasureName, Measures } from "../measures.ts";
import { measureBoot } from "./boot.ts";
import { measureGrowth } from "./growth.ts";
import { measurePlainBoot, measurePlainWork } from "./plain.ts";
import { measureWork } from "./work.ts";

const measures: {
  [Name in MeasureName]: (parameters: URLSearchParams) => Promise<Measures[Name]>;
} = {
  "plain-boot": measurePlainBoot,
  boot: () => measureBoot([]),
  "boot-all": () => measureBoot([{ kind: "web" }, { kind: "jobs" }]),
  "plain-work": measurePlainWork,
  work: measureWork,
  growth: measureGrowth,
};

const parameters = new URLSearchParams(location.search);
const name = parameters.get("measure") as MeasureName;
const report: BenchReport = { measure: name, figures: null, error: null };
Object.assign(globalThis, { bench: report });

try {
  report.figures = await measures[name](parameters);
} catch (error) {
  report.error = `${name}: ${(error as Error).stack ?? String(error)}`;
}
