import type { PortalId } from "@touchstone/shared/ids.ts";
import type { AccountTierView, TiersView } from "@touchstone/shared/tiers-api.ts";
import { sql } from "kysely";
import { nextReadNo } from "../../../server/db/records.ts";
import { wantTiersNow } from "../../../server/db/tier-runs.ts";
import { startHttpServer } from "../../../server/http/create-http-server.ts";
import { assignTiers } from "../../../server/programme/tiers/assign-tiers.ts";
import { type Answer, cardQuery, sendSigned } from "../signed-request.ts";
import { createSmallContext, portalId } from "../small-context.ts";

export const day = 86_400_000;

export interface ScoredAccount {
  readonly id: string;
  readonly score: number | null;
  readonly band?: string;
  readonly properties?: Readonly<Record<string, string>>;
}

export type TiersUnderTest = Awaited<ReturnType<typeof startTiers>>;

/** The server over a portal whose scores a test sets itself; a pass happens when the test says so. */
export async function startTiers() {
  const ctx = await createSmallContext();
  await ctx.install();
  ctx.hubspotServer.answer = () => [403, { category: "MISSING_SCOPES", message: "no" }];
  const server = await startHttpServer(ctx);
  const ask = (method: "GET" | "POST", path: string, body?: unknown, { user = "77", portal = portalId } = {}) => {
    const query = cardQuery({ portalId: String(portal), userId: user });
    const text = typeof body === "string" ? body : JSON.stringify(body);
    const sent = { method, path: `${path}?${query}`, ...(body !== undefined && { body: text }) };
    return sendSigned(server.url, sent, { at: ctx.now() });
  };
  return {
    ctx,
    ask,
    tiers: (portal = portalId) => read<TiersView>(ask("GET", "/api/tiers", undefined, { portal })),
    tierOf: (id: string) => read<AccountTierView>(ask("GET", `/api/accounts/${id}/tier`)),
    pass: async (portal = portalId) => {
      await wantTiersNow(ctx.db, portal);
      await assignTiers(ctx, portal);
    },
    setScores: (accounts: readonly ScoredAccount[], portal = portalId) => setScores(ctx, accounts, portal),
    stop: async () => {
      await server.stop();
      await ctx.stop();
    },
  };
}

async function setScores(
  { db }: Awaited<ReturnType<typeof createSmallContext>>,
  accounts: readonly ScoredAccount[],
  portal: PortalId,
): Promise<void> {
  const no = await nextReadNo(db);
  const column = <T>(of: (account: ScoredAccount) => T) => accounts.map(of);
  await sql`
    INSERT INTO crm_records AS r (portal_id, object_type, object_id, properties, read_no)
    SELECT ${portal}::bigint, 'companies', id, properties::jsonb, ${no}::bigint
    FROM unnest(${column((a) => a.id)}::text[],
      ${column((a) => JSON.stringify({ name: `Company ${a.id}`, hubspot_owner_id: "1", ...a.properties }))}::text[]) AS t(id, properties)
    ON CONFLICT (portal_id, object_type, object_id) DO UPDATE SET properties = excluded.properties`.execute(db);
  await sql`
    INSERT INTO account_scores AS s (portal_id, account_id, snapshot_no, models, score, tier, scored_at, output, written)
    SELECT ${portal}::bigint, id, ${no}::bigint, 'playbook-100 v1', score, band, 1, output::jsonb, output::jsonb
    FROM unnest(${column((a) => a.id)}::text[], ${column((a) => a.score)}::float8[], ${column((a) => a.band ?? "tier_4")}::text[],
      ${column((a) => JSON.stringify({ touchstone_score: String(a.score ?? "") }))}::text[]) AS t(id, score, band, output)
    ON CONFLICT (portal_id, account_id) DO UPDATE SET score = excluded.score, tier = excluded.tier`.execute(db);
}

export async function read<T>(asked: Promise<Answer>): Promise<T> {
  const { status, text } = await asked;
  if (status !== 200) throw new Error(`${status}: ${text}`);
  return JSON.parse(text);
}
