const PATHS = {
  fill: "M9.5 2.5h4v4M6.5 13.5h-4v-4M13.5 2.5l-4.5 4.5M2.5 13.5 7 9",
  unfill: "M13.5 6.5h-4v-4M2.5 9.5h4v4M9.5 6.5 14 2M6.5 9.5 2 14",
  fold: "M4 6l4 4 4-4",
  unfold: "M4 10l4-4 4 4",
  shut: "M6 4l4 4-4 4",
  pin: "M8 5.2a2.8 2.8 0 1 1 0 5.6 2.8 2.8 0 0 1 0-5.6",
  add: "M8 3v10M3 8h10",
  remove: "M3 4.5h10M6.5 4.5v-2h3v2M4.5 4.5l.6 9h5.8l.6-9",
  rename: "M3 13l.6-2.8 7.2-7.2 2.2 2.2-7.2 7.2zM9.4 4.4l2.2 2.2",
  reset: "M3 8a5 5 0 1 0 1.6-3.7M3 2.6v2.6h2.6",
  close: "M4.5 4.5l7 7M11.5 4.5l-7 7",
  files: "M2.5 4v9h11V5.5H8L6.5 4z",
  more: "M3.5 7.5v1M8 7.5v1M12.5 7.5v1",
  back: "M9.5 3.5 5 8l4.5 4.5",
  forward: "M6.5 3.5 11 8l-4.5 4.5",
  wide: "M6.5 3.5 2.5 8l4 4.5M2.5 8h11",
  unwide: "M9.5 3.5 13.5 8l-4 4.5M13.5 8h-11",
} as const;

export type IconName = keyof typeof PATHS;

/** A small drawing beside or instead of a word; the control that holds it has the name. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="wb-icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
      <path
        d={PATHS[name]}
        fill="none"
        stroke="currentColor"
        stroke-width="1.5"
        stroke-linecap="round"
        stroke-linejoin="round"
      />
    </svg>
  );
}
