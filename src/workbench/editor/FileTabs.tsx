import { useEffect, useRef } from "preact/hooks";
import { Icon } from "../Icon.tsx";
import type { Workspace } from "./workspace.ts";

/** The shortest end of a path that no other open file shares: `index.html.erb`, `photos/index.html.erb`. */
export function shortName(path: string, others: readonly string[]): string {
  const names = path.split("/");
  for (let length = 1; length < names.length; length++) {
    const end = names.slice(-length).join("/");
    if (!others.some((other) => other !== path && `/${other}`.endsWith(`/${end}`))) return end;
  }
  return path;
}

/** Scrolls the row of tabs and nothing else: `scrollIntoView` would move a page on which the editor lies far below. */
function bringIntoSight(tab: HTMLElement | null): void {
  const row = tab?.parentElement;
  if (!tab || !row) return;
  const [{ left, right }, sight] = [tab.getBoundingClientRect(), row.getBoundingClientRect()];
  if (right > sight.right) row.scrollLeft += right - sight.right;
  else if (left < sight.left) row.scrollLeft += left - sight.left;
}

/** The open files: the shown one always in sight. */
export function FileTabs({ workspace }: { workspace: Workspace }) {
  const active = workspace.active.value;
  const paths = workspace.openPaths.value;
  const shown = useRef<HTMLSpanElement>(null);
  const row = useRef<HTMLElement>(null);
  useEffect(() => bringIntoSight(shown.current), [active]);
  useEffect(() => {
    const { current } = row;
    if (!current) return;
    // A row that has become narrower may have left the shown tab behind.
    const observer = new ResizeObserver(() => bringIntoSight(shown.current));
    observer.observe(current);
    return () => observer.disconnect();
  }, []);
  return (
    <nav ref={row} class="wb-files" aria-label="Open files">
      {paths.map((path) => (
        <span
          key={path}
          ref={path === active ? shown : null}
          class="wb-file-tab"
          data-active={path === active || undefined}
        >
          <button
            type="button"
            class="wb-tab"
            title={path}
            aria-current={path === active ? "true" : undefined}
            onClick={() => workspace.open(path)}
            onAuxClick={(event) => {
              if (event.button === 1) workspace.close(path);
            }}
          >
            {shortName(path, paths)}
            {workspace.status(path) && (
              <span class="wb-changed" role="img" aria-label="changed" title="changed" />
            )}
          </button>
          {paths.length > 1 && (
            <button
              type="button"
              class="wb-icon-btn wb-close"
              aria-label={`Close ${shortName(path, paths)}`}
              onClick={() => workspace.close(path)}
            >
              <Icon name="close" />
            </button>
          )}
        </span>
      ))}
    </nav>
  );
}
