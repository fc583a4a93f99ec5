/** What the page tells the workbench about its lesson. */
export interface LessonInfo {
  slug: string;
  title: string;
  /** Paths shown as tabs. */
  focus: string[];
  /** The tab that is open at first. */
  open: string;
}
