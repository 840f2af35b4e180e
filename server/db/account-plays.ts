import type { PortalId } from "@touchstone/shared/ids.ts";
import type { Play } from "@touchstone/shared/play-shape.ts";
import type { PlayStatus } from "@touchstone/shared/plays-api.ts";
import { sql } from "kysely";
import type { Database } from "./database.ts";
import type { EnrolledAccount } from "./play-accounts.ts";

/** A play that an account is in. */
export interface AccountPlay extends Pick<EnrolledAccount, "accountId" | "name" | "enrolledAt" | "status" | "touches"> {
  readonly playId: string;
  readonly play: Play;
  readonly playStatus: PlayStatus;
  readonly launchedAt: number | null;
}

/** The plays of an account, those that run first. */
export async function readAccountPlays(
  db: Database,
  portalId: PortalId,
  accountId: string,
  limit: number,
): Promise<AccountPlay[]> {
  const { rows } = await sql<AccountPlay>`
    SELECT p.play_id AS "playId", p.document AS play, p.status AS "playStatus", p.launched_at AS "launchedAt",
      a.account_id AS "accountId", NULL AS name, a.enrolled_at AS "enrolledAt", a.status,
      coalesce((SELECT jsonb_object_agg(t.step::text, t.status) FROM play_touches t
        WHERE t.portal_id = a.portal_id AND t.play_id = a.play_id AND t.account_id = a.account_id), '{}') AS touches
    FROM play_accounts a JOIN plays p ON p.portal_id = a.portal_id AND p.play_id = a.play_id
    WHERE a.portal_id = ${portalId} AND a.account_id = ${accountId}
    ORDER BY (p.status = 'running') DESC, a.enrolled_at DESC, p.play_id LIMIT ${limit}`.execute(db);
  return rows;
}
