import type { Workspace } from "./workspace.ts";

const fileName = (path: string) => path.split("/").at(-1) ?? path;

/** The open files, and all others in a list. */
export function FileTabs({ workspace }: { workspace: Workspace }) {
  const active = workspace.active.value;
  const edits = workspace.edits.value;
  return (
    <nav class="wb-files" aria-label="Files">
      {workspace.openPaths.value.map((path) => (
        <button
          key={path}
          type="button"
          class="wb-tab"
          title={path}
          aria-current={path === active ? "true" : undefined}
          onClick={() => workspace.open(path)}
        >
          {fileName(path)}
          {path in edits && <span class="wb-changed" role="img" aria-label="changed" />}
        </button>
      ))}
      <select
        class="wb-select"
        aria-label="Open another file"
        value=""
        onChange={(event) => {
          workspace.open(event.currentTarget.value);
          event.currentTarget.value = "";
        }}
      >
        <option value="">All files</option>
        {workspace.paths.map((path) => (
          <option key={path} value={path}>
            {path in edits ? `${path} (changed)` : path}
          </option>
        ))}
      </select>
    </nav>
  );
}
