import type { Command } from "./shell.ts";

const ls: Command = {
  name: "ls",
  usage: "ls [DIRECTORY]",
  about: "Lists the app's files",
  run([directory = ""], { files }) {
    const prefix = directory
      .replace(/^\.?\/?/, "")
      .replace(/\/?$/, "/")
      .replace(/^\/$/, "");
    const inside = files.list().filter((path) => path.startsWith(prefix));
    if (inside.length === 0) throw new Error(`There is no directory ${directory}`);
    const names = inside.map((path) => {
      const [first = "", ...deeper] = path.slice(prefix.length).split("/");
      return deeper.length > 0 ? `${first}/` : first;
    });
    return [...new Set(names)].sort().join("\n");
  },
};

const cat: Command = {
  name: "cat",
  usage: "cat FILE",
  about: "Prints one of the app's files",
  run(paths, { files }) {
    if (paths.length === 0) throw new Error("cat wants the path of a file");
    return paths.map((path) => files.readText(path.replace(/^\.\//, ""))).join("\n");
  },
};

export const FILE_COMMANDS: readonly Command[] = [ls, cat];
