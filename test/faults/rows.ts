import type { Row } from "./row.ts";
import { f01 } from "./rows/f01-web-killed.ts";

/** Every row of the fault matrix (performance.md §6.2), in its order. */
export const rows: readonly Row[] = [f01];
