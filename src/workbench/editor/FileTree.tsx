import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { Icon } from "../Icon.tsx";
import { PathForm } from "./PathForm.tsx";
import { foldersOf, rowByLetter, treeMove, treeRows, type TreeRow } from "./tree-rows.ts";
import type { FileStatus, Workspace } from "./workspace.ts";

const WORDS: Record<FileStatus, string> = { M: "changed", A: "new", D: "deleted" };

interface Props {
  workspace: Workspace;
  /** A file was chosen with Enter or a click: the editor may want the focus. */
  onChoose(): void;
}

/** All files of the app in folders: open, make, rename, delete, reset (ARIA's tree view). */
export function FileTree({ workspace, onChoose }: Props) {
  const active = workspace.active.value;
  const [open, setOpen] = useState(() => new Set(firstOpen(workspace)));
  const [at, setAt] = useState(active);
  const [form, setForm] = useState<"new" | "rename" | null>(null);
  const tree = useRef<HTMLUListElement>(null);
  const rows = useMemo(
    () => treeRows(workspace.allPaths, (folder) => open.has(folder)),
    [workspace.allPaths, open],
  );
  const index = Math.max(
    0,
    rows.findIndex((row) => row.path === at),
  );
  const row = rows[index];

  // The file in the editor is in sight in the tree as well.
  useEffect(() => {
    setOpen((before) => new Set([...before, ...foldersOf(active)]));
    setAt(active);
  }, [active]);

  function fold(folder: string, wanted: boolean) {
    const next = new Set(open);
    if (wanted) next.add(folder);
    else next.delete(folder);
    setOpen(next);
  }

  function moveTo(next: number) {
    const target = rows[next];
    if (!target) return;
    setAt(target.path);
    (tree.current?.children[next] as HTMLElement | undefined)?.focus();
  }

  function choose(chosen: TreeRow) {
    setAt(chosen.path);
    if (chosen.kind === "folder") return fold(chosen.path, !chosen.open);
    if (workspace.status(chosen.path) === "D") return;
    workspace.open(chosen.path);
    onChoose();
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.ctrlKey || event.metaKey || event.altKey || !row) return;
    const move = treeMove(event.key, rows, index);
    if (move && "to" in move) moveTo(move.to);
    else if (move) fold(move.fold, move.open);
    else if (event.key === "Enter" || event.key === " ") choose(row);
    else if (event.key === "F2" && row.kind === "file") setForm("rename");
    else if (event.key === "Delete" && row.kind === "file") workspace.remove(row.path);
    else if (/^\S$/.test(event.key) && event.key !== "?") {
      moveTo(rowByLetter(rows, index, event.key));
    } else return;
    event.preventDefault();
  }

  return (
    <div class="wb-tree">
      <TreeActions workspace={workspace} row={row} onForm={setForm} />
      {form && (
        <PathForm
          key={form}
          workspace={workspace}
          renamed={form === "rename" && row ? row.path : null}
          folder={row ? folderOf(row) : ""}
          onDone={() => {
            setForm(null);
            tree.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
          }}
        />
      )}
      <ul ref={tree} class="wb-scroll" role="tree" aria-label="Files" onKeyDown={onKeyDown}>
        {rows.map((each, place) => (
          <Row
            key={`${each.kind}:${each.path}`}
            row={each}
            workspace={workspace}
            focusable={place === index}
            onFocus={() => setAt(each.path)}
            onChoose={() => choose(each)}
          />
        ))}
      </ul>
    </div>
  );
}

/** At first the folders with the lesson's files and the open ones are open, and `app`. */
function firstOpen(workspace: Workspace): string[] {
  return ["app", ...[...workspace.focus, ...workspace.openPaths.value].flatMap(foldersOf)];
}

function folderOf(row: TreeRow): string {
  if (row.kind === "folder") return `${row.path}/`;
  return row.path.slice(0, row.path.lastIndexOf("/") + 1);
}

interface RowProps {
  row: TreeRow;
  workspace: Workspace;
  focusable: boolean;
  onFocus(): void;
  onChoose(): void;
}

function Row({ row, workspace, focusable, onFocus, onChoose }: RowProps) {
  const isFile = row.kind === "file";
  const status = isFile ? workspace.status(row.path) : null;
  const focus = workspace.focus.includes(row.path);
  const words = [focus && "in this lesson", status && WORDS[status]].filter(Boolean).join(", ");
  return (
    <li
      role="treeitem"
      class="wb-tree-row"
      style={{ "--level": row.level }}
      title={words ? `${row.path} (${words})` : row.path}
      tabIndex={focusable ? 0 : -1}
      data-path={row.path}
      data-status={status ?? undefined}
      data-focus={focus || undefined}
      aria-level={row.level}
      aria-posinset={row.position}
      aria-setsize={row.siblings}
      aria-expanded={isFile ? undefined : row.open}
      aria-selected={isFile ? row.path === workspace.active.value : undefined}
      onFocus={onFocus}
      onClick={onChoose}
    >
      <span class="wb-tree-twist">
        {!isFile && <Icon name={row.open ? "fold" : "shut"} />}
        {focus && <Icon name="pin" />}
      </span>
      <span class="wb-tree-name">{row.name}</span>
      {words && <span class="sr-only">, {words}</span>}
      {status && (
        <span class="wb-tree-status" aria-hidden="true">
          {status}
        </span>
      )}
    </li>
  );
}

interface ActionsProps {
  workspace: Workspace;
  row: TreeRow | undefined;
  onForm(form: "new" | "rename"): void;
}

/** What can be done with the row that is chosen in the tree. */
function TreeActions({ workspace, row, onForm }: ActionsProps) {
  const path = row?.kind === "file" ? row.path : null;
  const status = path === null ? null : workspace.status(path);
  const there = path !== null && status !== "D";
  const name = row?.name ?? "file";
  return (
    <div class="wb-tree-actions" role="group" aria-label="File actions">
      <IconButton icon="add" label="New file" onClick={() => onForm("new")} />
      <IconButton
        icon="rename"
        label={`Rename ${name}`}
        disabled={!there}
        onClick={() => onForm("rename")}
      />
      <IconButton
        icon="remove"
        label={`Delete ${name}`}
        disabled={!there}
        onClick={() => path !== null && workspace.remove(path)}
      />
      <IconButton
        icon="reset"
        label={`Reset ${name}`}
        disabled={status === null}
        onClick={() => path !== null && workspace.resetFile(path)}
      />
    </div>
  );
}

interface IconButtonProps {
  icon: "add" | "rename" | "remove" | "reset";
  label: string;
  disabled?: boolean;
  onClick(): void;
}

function IconButton({ icon, label, disabled = false, onClick }: IconButtonProps) {
  return (
    <button
      type="button"
      class="wb-icon-btn"
      aria-label={label}
      title={label}
      disabled={disabled}
      onClick={onClick}
    >
      <Icon name={icon} />
    </button>
  );
}
