import type { Row } from "./row.ts";
import { f01 } from "./rows/f01-web-killed.ts";
import { f02 } from "./rows/f02-workers-killed.ts";
import { f03 } from "./rows/f03-postgres-killed.ts";
import { f04 } from "./rows/f04-queue-lost.ts";
import { f05 } from "./rows/f05-all-mixed.ts";
import { f08 } from "./rows/f08-deliveries-mixed.ts";
import { f12 } from "./rows/f12-stopped-workers.ts";
import { f17 } from "./rows/f17-rolling-replacement.ts";

/** Every row of the fault matrix (performance.md §6.2), in its order. */
export const rows: readonly Row[] = [f01, f02, f03, f04, f05, f08, f12, f17];
