/** What lies over the workbench: all commands, the files alone, the list of shortcuts, sharing, the host. */
export type Overlay = "commands" | "files" | "shortcuts" | "share" | "host";
