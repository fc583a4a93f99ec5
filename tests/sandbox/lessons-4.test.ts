/** Every lesson is executed; these are a quarter of them. `vitest run --project sandbox lessons- -t <slug>` runs one. */
import { proveLessons } from "./support/lessons.ts";

await proveLessons(4);
