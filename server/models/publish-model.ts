import type { PortalId } from "@touchstone/shared/ids.ts";
import type { ModelVersionKey, PublishedModelView } from "@touchstone/shared/models-api.ts";
import { type ScoringModel, scoringModelSchema } from "@touchstone/shared/scoring-model.ts";
import type { Context } from "../context.ts";
import { holdPages, restartBackfill } from "../db/backfills.ts";
import { priorities } from "../db/dirty-accounts.ts";
import { activateVersion, lockModels, readLastVersion, readModelVersion } from "../db/portal-models.ts";
import { markAllAccounts } from "../db/records.ts";
import { BadRequest, NotFound } from "../errors.ts";
import { companyPropertiesOf } from "../scoring/company-properties-of.ts";
import { canonicalJson } from "./canonical-json.ts";
import { findUnreadProperties } from "./find-unread-properties.ts";
import { listChanges } from "./list-changes.ts";
import { type ActiveModels, loadActiveModels } from "./load-active-models.ts";
import { prepareProperties } from "./prepare-properties.ts";
import { readModel, readModelRequest, versionKeySchema } from "./read-model.ts";
import { refuseOvertaken } from "./refuse-overtaken.ts";
import { sayPublished } from "./say-published.ts";

type Parts = Pick<Context, "db" | "hubspot" | "queue" | "log">;
type Transaction = Parameters<typeof lockModels>[0];
interface Stored extends Omit<PublishedModelView, "properties" | "lines"> {
  /** False: a request that is sent once more finds its own work done. */
  readonly stored: boolean;
}
interface Publication {
  readonly model: ScoringModel;
  readonly by: string;
  readonly note: string | null;
  /** What the sender saw active; null: they did not say. */
  readonly over: ModelVersionKey | null;
  /** What to do when that is not active any more. */
  readonly remedy: string;
}

/**
 * A draft becomes the next version of its key and takes the place of the active model of its purpose. Every account is
 * scored again, behind live changes. A document that is active already changes nothing, so a repeated request does no harm.
 * Refused when another one became active since it was previewed.
 */
export async function publishModel(
  ctx: Parts,
  portalId: PortalId,
  userId: string,
  body: unknown,
): Promise<PublishedModelView> {
  const { model, note, over } = readModelRequest(body);
  return publish(ctx, portalId, {
    model,
    by: userId,
    note,
    over,
    remedy: "Nothing was changed and your draft is kept: preview it again.",
  });
}

const rollBackSchema = versionKeySchema.extend({ over: versionKeySchema.optional() });

/** Publishes the document of an earlier version once more, as a new version: history only ever grows. */
export async function rollBackModel(
  ctx: Parts,
  portalId: PortalId,
  userId: string,
  body: unknown,
): Promise<PublishedModelView> {
  const parsed = rollBackSchema.safeParse(body);
  if (!parsed.success) throw new BadRequest("Name the key and the version to go back to. Nothing was changed.");
  const { key, version, over = null } = parsed.data;
  const stored = await readModelVersion(ctx.db, portalId, key, version);
  if (!stored) throw new NotFound(`There is no version ${version} of a model called ${key}. Nothing was changed.`);
  const model = readModel(stored.document);
  const remedy = "Nothing was changed: compare the versions again.";
  return publish(ctx, portalId, { model, by: userId, note: `Back to version ${version}`, over, remedy });
}

async function publish(ctx: Parts, portalId: PortalId, publication: Publication): Promise<PublishedModelView> {
  const { stored, ...done } = await ctx.db.transaction().execute((trx) => store(trx, portalId, publication));
  const { key, version, readingNow } = done;
  // Also for a model that is active already: publishing again repairs what was missing or could not be made.
  const properties = await prepareProperties(ctx, portalId, publication.model);
  const said = { ...done, properties };
  const answer = { ...said, lines: sayPublished(publication.model.name, said) };
  if (!stored) return answer;
  ctx.log.info({ portalId, key, version, userId: publication.by, readingNow }, "a model was published");
  if (readingNow.length > 0) await ctx.queue.wake("backfill-portal", portalId);
  await ctx.queue.wake("rescore-batch", portalId);
  return answer;
}

async function store(
  trx: Transaction,
  portalId: PortalId,
  { model, by, note, over, remedy }: Publication,
): Promise<Stored> {
  await lockModels(trx, portalId);
  const { key, purpose } = model;
  const active = await loadActiveModels(trx, portalId);
  const current = active[purpose];
  const isActive = isSame(current, model);
  if (over !== null && !isActive) await refuseOvertaken(trx, portalId, current, over, remedy);
  const before = await seenBy(trx, portalId, active, purpose, over);
  const readingNow = await findUnreadProperties(trx, portalId, model, before);
  const unchanged = isSame(before[purpose], model);
  const view = { key, purpose, unchanged, changes: listChanges(before[purpose], model), readingNow };
  if (isActive) return { ...view, version: current.version, stored: false };
  const last = await readLastVersion(trx, portalId, key);
  if (last && last.purpose !== purpose) {
    throw new BadRequest(
      `${key} is the key of a ${last.purpose} model: give this one another key. Nothing was changed.`,
    );
  }
  const version = (last?.version ?? 0) + 1;
  await activateVersion(trx, portalId, { key, version, purpose, document: { ...model, version } }, { by, note });
  if (readingNow.length > 0) await restartBackfill(trx, portalId, "companies");
  await holdPages(trx, portalId);
  await markAllAccounts(trx, portalId, priorities.backfill);
  return { ...view, version, stored: true };
}

/** What was active for the sender: a request that is sent once more is answered as it was the first time. */
async function seenBy(
  trx: Transaction,
  portalId: PortalId,
  active: ActiveModels,
  purpose: ScoringModel["purpose"],
  over: ModelVersionKey | null,
): Promise<ActiveModels> {
  if (over === null || (over.key === active[purpose].key && over.version === active[purpose].version)) return active;
  const seen = await readModelVersion(trx, portalId, over.key, over.version);
  if (seen?.purpose !== purpose) return active;
  const models = { ...active, [purpose]: scoringModelSchema.parse(seen.document) };
  const { priority, readiness } = models;
  return { ...models, properties: new Set([priority, readiness].flatMap(companyPropertiesOf)) };
}

/** A version's number is given when it is published, so it makes no difference. */
function isSame(a: ScoringModel, b: ScoringModel): boolean {
  return canonicalJson({ ...a, version: 0 }) === canonicalJson({ ...b, version: 0 });
}
