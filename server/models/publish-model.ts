import type { PortalId } from "@touchstone/shared/ids.ts";
import type { PublishedModelView } from "@touchstone/shared/models-api.ts";
import type { ScoringModel } from "@touchstone/shared/scoring-model.ts";
import { z } from "zod";
import type { Context } from "../context.ts";
import { restartBackfill } from "../db/backfills.ts";
import { priorities } from "../db/dirty-accounts.ts";
import { activateVersion, lockModels, readLastVersion, readModelVersion } from "../db/portal-models.ts";
import { markAllAccounts } from "../db/records.ts";
import { BadRequest, NotFound } from "../errors.ts";
import { canonicalJson } from "./canonical-json.ts";
import { findUnreadProperties } from "./find-unread-properties.ts";
import { listChanges } from "./list-changes.ts";
import { loadActiveModels } from "./load-active-models.ts";
import { prepareProperties } from "./prepare-properties.ts";
import { readModel, readModelRequest } from "./read-model.ts";

type Parts = Pick<Context, "db" | "hubspot" | "queue" | "log">;
type Stored = Omit<PublishedModelView, "properties">;
interface Publication {
  readonly model: ScoringModel;
  readonly by: string;
  readonly note: string | null;
}

/**
 * A draft becomes the next version of its key and takes the place of the active model of its purpose. Every account is
 * scored again, behind live changes. A document that is active already changes nothing, so a repeated request does no harm.
 */
export async function publishModel(
  ctx: Parts,
  portalId: PortalId,
  userId: string,
  body: unknown,
): Promise<PublishedModelView> {
  const { model, note } = readModelRequest(body);
  return publish(ctx, portalId, { model, by: userId, note });
}

const rollBackSchema = z.strictObject({
  key: z.string().regex(/^[a-z][a-z0-9_-]{0,63}$/),
  version: z.number().int().min(1).max(1_000_000),
});

/** Publishes the document of an earlier version once more, as a new version: history only ever grows. */
export async function rollBackModel(
  ctx: Parts,
  portalId: PortalId,
  userId: string,
  body: unknown,
): Promise<PublishedModelView> {
  const parsed = rollBackSchema.safeParse(body);
  if (!parsed.success) throw new BadRequest("Name the key and the version to go back to. Nothing was changed.");
  const { key, version } = parsed.data;
  const stored = await readModelVersion(ctx.db, portalId, key, version);
  if (!stored) throw new NotFound(`There is no version ${version} of a model called ${key}. Nothing was changed.`);
  const model = readModel(stored.document);
  return publish(ctx, portalId, { model, by: userId, note: `Back to version ${version}` });
}

async function publish(ctx: Parts, portalId: PortalId, publication: Publication): Promise<PublishedModelView> {
  const done = await ctx.db.transaction().execute((trx) => store(trx, portalId, publication));
  const { key, version, unchanged, readingNow } = done;
  // Also for a model that is active already: publishing again repairs what was missing or could not be made.
  const properties = await prepareProperties(ctx, portalId, publication.model);
  if (unchanged) return { ...done, properties };
  ctx.log.info({ portalId, key, version, userId: publication.by, readingNow }, "a model was published");
  if (readingNow.length > 0) await ctx.queue.wake("backfill-portal", portalId);
  await ctx.queue.wake("rescore-batch", portalId);
  return { ...done, properties };
}

async function store(
  trx: Parameters<typeof lockModels>[0],
  portalId: PortalId,
  { model, by, note }: Publication,
): Promise<Stored> {
  await lockModels(trx, portalId);
  const { key, purpose } = model;
  const active = await loadActiveModels(trx, portalId);
  const current = active[purpose];
  const view = { key, purpose, changes: listChanges(current, model) };
  if (isSame(current, model)) return { ...view, version: current.version, unchanged: true, readingNow: [] };
  const last = await readLastVersion(trx, portalId, key);
  if (last && last.purpose !== purpose) {
    throw new BadRequest(
      `${key} is the key of a ${last.purpose} model: give this one another key. Nothing was changed.`,
    );
  }
  const version = (last?.version ?? 0) + 1;
  const readingNow = await findUnreadProperties(trx, portalId, model, active);
  await activateVersion(trx, portalId, { key, version, purpose, document: { ...model, version } }, { by, note });
  if (readingNow.length > 0) await restartBackfill(trx, portalId, "companies");
  await markAllAccounts(trx, portalId, priorities.backfill);
  return { ...view, version, unchanged: false, readingNow };
}

/** A version's number is given when it is published, so it makes no difference. */
function isSame(a: ScoringModel, b: ScoringModel): boolean {
  return canonicalJson({ ...a, version: 0 }) === canonicalJson({ ...b, version: 0 });
}
