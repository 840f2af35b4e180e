import type { PortalId } from "@touchstone/shared/ids.ts";
import { sql } from "kysely";
import type { Database } from "./database.ts";

/** Keeps what could not be done after all its attempts, with the reason, so that it can be looked at and done again. */
export async function buryWork(
  db: Database,
  portalId: PortalId,
  letters: readonly { kind: "record" | "account"; subject: string; reason: string }[],
): Promise<void> {
  if (letters.length === 0) return;
  await db
    .insertInto("dead_letters")
    .values(
      letters.map((l) => ({ portal_id: portalId, kind: l.kind, subject: l.subject, reason: l.reason.slice(0, 500) })),
    )
    .onConflict((c) =>
      c
        .columns(["portal_id", "kind", "subject"])
        .doUpdateSet((eb) => ({ reason: eb.ref("excluded.reason"), died_at: sql`now()` })),
    )
    .execute();
}
