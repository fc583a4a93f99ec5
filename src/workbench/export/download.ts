import type { FileTree } from "../../course/file-tree.ts";
import { nativeFiles } from "./native-files.ts";
import { zipApp } from "./zip.ts";

/** The app as a zip that runs on a developer's machine. */
export function appZip(app: FileTree, folder: string): Blob {
  return new Blob([zipApp(app, nativeFiles(), folder)], { type: "application/zip" });
}

/** Lets the browser save it. */
export function saveAs(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  // The browser has taken it by the next task.
  setTimeout(() => URL.revokeObjectURL(url));
}
