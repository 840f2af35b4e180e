import type { Row } from "./row.ts";
import { f01 } from "./rows/f01-web-killed.ts";
import { f02 } from "./rows/f02-workers-killed.ts";
import { f03 } from "./rows/f03-postgres-killed.ts";
import { f04 } from "./rows/f04-queue-lost.ts";
import { f05 } from "./rows/f05-all-mixed.ts";
import { f06 } from "./rows/f06-hubspot-faults.ts";
import { f07 } from "./rows/f07-expired-tokens.ts";
import { f08 } from "./rows/f08-deliveries-mixed.ts";
import { f09 } from "./rows/f09-wrong-clocks.ts";
import { f10 } from "./rows/f10-hostile-bodies.ts";
import { f11 } from "./rows/f11-database-in-trouble.ts";
import { f12 } from "./rows/f12-stopped-workers.ts";
import { f13 } from "./rows/f13-poison.ts";
import { f14 } from "./rows/f14-noisy-tenant.ts";
import { f15 } from "./rows/f15-leaving.ts";
import { f16 } from "./rows/f16-lost-webhooks.ts";
import { f17 } from "./rows/f17-rolling-replacement.ts";
import { f18 } from "./rows/f18-own-echoes.ts";
import { f20 } from "./rows/f20-limiter.ts";

/** Every row of the fault matrix (performance.md §6.2), in its order. */
export const rows: readonly Row[] = [
  f01,
  f02,
  f03,
  f04,
  f05,
  f06,
  f07,
  f08,
  f09,
  f10,
  f11,
  f12,
  f13,
  f14,
  f15,
  f16,
  f17,
  f18,
  f20,
];
