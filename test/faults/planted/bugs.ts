import type { PlantedBug } from "./plant-bug.ts";

/** Each breaks one promise of the main path; performance.md §6.1 has the first of them. */
export const bugs: readonly PlantedBug[] = [
  {
    name: "record-version-ignored",
    row: "F8",
    edits: [
      {
        file: "server/db/stale-records.ts",
        find: " AND s.version = d.version",
        replace: "",
      },
    ],
  },
  {
    name: "account-version-ignored",
    row: "F8",
    edits: [
      {
        file: "server/db/dirty-accounts.ts",
        // What the row has now instead of what it had when it was taken.
        find: "const versions = claims.map((claim) => claim.version);",
        replace:
          "const now = await sql<{ id: string; version: number }>`SELECT account_id AS id, version FROM dirty_accounts`.execute(trx); const versions = ids.map((id) => now.rows.find((row) => row.id === id)?.version ?? 0);",
      },
    ],
  },
  {
    name: "settled-after-take-over",
    row: "F12",
    edits: [{ file: "server/db/stale-records.ts", find: " AND s.lease_until = d.lease", replace: "" }],
  },
  {
    name: "lease-never-over",
    row: "F2",
    edits: [
      {
        file: "server/db/stale-records.ts",
        find: "leaseMs}, ",
        replace: "leaseMs * 10_000}, ",
      },
    ],
  },
  {
    name: "settled-before-read",
    row: "F2",
    edits: [
      {
        file: "server/intake/refresh-records.ts",
        find: "  // Taken before the request: a reading",
        replace:
          "  await ctx.db.transaction().execute((trx) => settleStale(trx, portalId, claims));\n  // Taken before the request: a reading",
      },
    ],
  },
  {
    name: "acknowledged-before-stored",
    row: "F1",
    edits: [
      {
        file: "server/http/routes.ts",
        find: "      await receiveWebhooks(ctx, rawBodyOf(req));\n      res.status(204).end();",
        replace: "      res.status(204).end();\n      await receiveWebhooks(ctx, rawBodyOf(req));",
      },
    ],
  },
  {
    name: "no-dedupe",
    row: "F8",
    edits: [
      {
        file: "server/intake/parse-webhooks.ts",
        find: "    event.occurredAt,\n    event.propertyValue,\n  ];",
        replace: "    Math.random(),\n    event.propertyValue,\n  ];",
      },
    ],
  },
  {
    name: "older-snapshot-saved",
    row: "F12",
    edits: [
      {
        file: "server/db/account-scores.ts",
        find: "WHERE s.snapshot_no < excluded.snapshot_no",
        replace: "WHERE true",
      },
    ],
  },
  {
    name: "older-reading-saved",
    row: "F12",
    edits: [{ file: "server/db/records.ts", find: "WHERE r.read_no < excluded.read_no", replace: "WHERE true" }],
  },
  {
    name: "read-number-by-arrival",
    row: "F12",
    edits: [
      {
        file: "server/intake/refresh-records.ts",
        find: "  const readNo = await nextReadNo(ctx.db);\n",
        replace: "",
      },
      {
        file: "server/intake/refresh-records.ts",
        find: "  const found = records.found.map(",
        replace: "  const readNo = await nextReadNo(ctx.db);\n  const found = records.found.map(",
      },
    ],
  },
  {
    name: "sending-not-noted",
    row: "F2",
    edits: [
      {
        file: "server/db/pending-outputs.ts",
        find: "s SET written = $",
        // With what is taken away put back.
        replace: "s SET written = s.written || $",
      },
    ],
  },
  {
    name: "no-listener-on-connections",
    row: "F3",
    edits: [
      {
        file: "server/db/database.ts",
        find: '  pool.on("connect", (client) => client.on("error", () => undefined));\n',
        replace: "",
      },
    ],
  },
  {
    name: "no-sweeper",
    row: "F4",
    edits: [
      {
        file: "server/workers/schedules.ts",
        find: '  { name: "wake-waiting", everyMs: 2_000, run: wakeWaiting },\n',
        replace: '  { name: "wake-waiting", everyMs: 3_600_000, run: wakeWaiting },\n',
      },
    ],
  },
  {
    name: "only-new-accounts-touched",
    row: "F8",
    edits: [
      {
        file: "server/db/records.ts",
        find: "touched: [...new Set([...before, ...after])]",
        replace: "touched: before.length < 0 ? before : after",
      },
    ],
  },
  {
    name: "missing-records-kept",
    row: "F8",
    edits: [
      {
        file: "server/db/records.ts",
        find: '    ...read.missing.map((id) => ({ id, properties: "{}", archived: true })),\n',
        replace: "",
      },
    ],
  },
  {
    name: "echoes-counted",
    row: "F18",
    edits: [
      {
        file: "server/intake/parse-webhooks.ts",
        find: 'parsed.data.changeSource === "INTEGRATION" && parsed.data.sourceId === String(appId)',
        replace: 'parsed.data.changeSource === "INTEGRATION" && appId < 0',
      },
    ],
  },
  {
    name: "forged-signatures-taken",
    row: "F10",
    edits: [
      {
        file: "server/http/require-hubspot-signature.ts",
        find: 'if (verdict !== "valid") throw',
        replace: 'if (verdict !== "valid" && verdict !== "forged") throw',
      },
    ],
  },
  {
    name: "failed-rows-ignored",
    row: "F6",
    edits: [
      {
        file: "server/hubspot/update-records.ts",
        find: "    const error = errors.get(id);\n",
        replace: "    const error = errors.get(id);\n    if (error || !returned.has(id)) return [];\n",
      },
    ],
  },
  {
    name: "no-answer-as-written",
    row: "F6",
    edits: [
      {
        file: "server/hubspot/update-records.ts",
        find: "    if (!(error instanceof HubSpotRejected)) throw error;\n",
        replace:
          "    if (!(error instanceof HubSpotRejected)) return { written: rows.map(({ id }) => id), failed: [] };\n",
      },
    ],
  },
  {
    name: "erased-people-come-back",
    row: "F15",
    edits: [
      {
        file: "server/db/people.ts",
        find: "::bytea[]) AS t(hash) ORDER BY hash",
        replace: "::bytea[]) AS t(hash) WHERE false ORDER BY hash",
      },
    ],
  },
  {
    name: "fixed-window-limiter",
    row: "F20",
    edits: [
      {
        file: "server/db/budgets.ts",
        find: "  const { windowMs, upTo, floor } = limits[kind];\n",
        replace:
          "  const { upTo, floor } = limits[kind];\n  const windowMs = (Date.now() % limits[kind].windowMs) + 1;\n",
      },
    ],
  },
];
