import type { PortalId } from "@touchstone/shared/ids.ts";
import { rescoreBatch } from "../../../server/accounts/rescore-batch.ts";
import { markAllAccounts } from "../../../server/db/records.ts";
import { addCompanies } from "../signals/a-portal-with-companies.ts";
import type { SmallContext } from "../small-context.ts";

const day = 86_400_000;
const industries = ["COMPUTER_SOFTWARE", "BANKING", "FARMING", "HOSPITAL_HEALTH_CARE", null];
const sizes = ["640", "90", "25", "9", null];
const kinds = ["page_visit", "email_open", "content_download", "demo_request", "email_reply", "meeting_booked"];
const judged = [
  ["business_model", ["ideal", "compatible", "adaptable"]],
  ["technology_maturity", ["early_adopter", "moderate", "conservative"]],
  ["decision_speed", ["fast", "moderate", "slow"]],
] as const;

/** Companies of every kind, from the ideal customer that is busy to the stranger that is not, scored and written. */
export async function scorePortal(ctx: SmallContext, portalId: PortalId, companies: number): Promise<void> {
  const numbers = Array.from({ length: companies }, (_, index) => index);
  const id = (index: number) => String(1_000 + index);
  await addCompanies(
    ctx.db,
    portalId,
    numbers.map((index) => ({
      id: id(index),
      people: index % 7 === 6 ? [] : [`${id(index)}1`, `${id(index)}2`],
      properties: {
        industry: industries[index % 5] ?? null,
        numberofemployees: sizes[Math.floor(index / 5) % 5] ?? null,
        annualrevenue: index % 3 === 0 ? "50000000" : null,
        country: index % 2 === 0 ? "Germany" : "Chile",
      },
    })),
  );
  const signals = numbers.flatMap((index) =>
    Array.from({ length: index % 7 === 6 ? 0 : index % 13 }, (_, at) => ({
      portal_id: portalId,
      signal_key: `s:${index}:${at}`,
      kind: kinds[(index + at) % kinds.length] ?? "page_visit",
      person_id: `${id(index)}${1 + (at % 2)}`,
      at: ctx.now() - (at + 1) * 2 * day,
      source: "website",
      strength: 4,
      origin: "test",
    })),
  );
  await ctx.db.insertInto("signals").values(signals).execute();
  const judgements = numbers
    .filter((index) => index % 4 === 0)
    .flatMap((index) =>
      judged.map(([criterion, rungs]) => ({
        portal_id: portalId,
        account_id: id(index),
        criterion,
        judged_at: ctx.now() - day,
        rung: rungs[index % 3] ?? null,
        judged_by: "77",
      })),
    );
  await ctx.db.insertInto("judgements").values(judgements).execute();
  await scoreAgain(ctx, portalId, true);
}

/** Scores what is dirty, or with `all` everything, until nothing waits. HubSpot takes every result and every property. */
export async function scoreAgain(ctx: SmallContext, portalId: PortalId, all = false): Promise<void> {
  ctx.hubspotServer.answer = ({ method, path, body }) => {
    if (method === "GET") return [200, { results: [] }];
    const sent = JSON.parse(body) as { inputs?: { id: string }[] };
    const { inputs = [] } = sent;
    if (path.startsWith("/crm/properties/")) return [201, sent.inputs ? { results: inputs } : sent];
    const stamp = { createdAt: "2026-01-01T00:00:00Z", updatedAt: "2026-11-01T00:00:00Z", archived: false };
    return [200, { status: "COMPLETE", results: inputs.map(({ id }) => ({ id, properties: {}, ...stamp })) }];
  };
  if (all) await markAllAccounts(ctx.db, portalId, 0);
  await rescoreBatch(ctx, portalId);
  const left = await ctx.db
    .selectFrom("dirty_accounts")
    .select("account_id")
    .where("portal_id", "=", portalId)
    .execute();
  if (left.length > 0) throw new Error(`${left.length} accounts were not scored`);
}
