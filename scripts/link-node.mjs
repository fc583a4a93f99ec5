// After an install: makes sure that npm scripts find the project's own Node (24) first.
// npm 11 links node_modules/.bin/node itself; npm 10 loses that link while it skips the packages
// for other platforms. Plain JavaScript, because an older Node may run it.
import { existsSync, mkdirSync, symlinkSync } from "node:fs";
import path from "node:path";

const platform = process.platform === "win32" ? "win" : process.platform;
const binary = `node_modules/node-${platform}-${process.arch}/bin/node`;
const link = "node_modules/.bin/node";

if (process.platform !== "win32" && existsSync(binary) && !existsSync(link)) {
  mkdirSync(path.dirname(link), { recursive: true });
  symlinkSync(path.relative(path.dirname(link), binary), link);
}

const [major, minor] = process.versions.node.split(".").map(Number);
if (!existsSync(binary) && (major < 22 || (major === 22 && minor < 18))) {
  console.error(
    `There is no Node 24 on npm for ${process.platform}-${process.arch}: ` +
      `install Node 24 yourself (this is ${process.version}).`,
  );
}
