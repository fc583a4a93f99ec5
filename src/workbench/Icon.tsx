const PATHS = {
  fill: "M9.5 2.5h4v4M6.5 13.5h-4v-4M13.5 2.5l-4.5 4.5M2.5 13.5 7 9",
  unfill: "M13.5 6.5h-4v-4M2.5 9.5h4v4M9.5 6.5 14 2M6.5 9.5 2 14",
  fold: "M4 6l4 4 4-4",
  unfold: "M4 10l4-4 4 4",
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
