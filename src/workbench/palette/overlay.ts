/** What lies over the workbench: all commands, the files alone, the list of shortcuts, sharing. */
export type Overlay = "commands" | "files" | "shortcuts" | "share";
