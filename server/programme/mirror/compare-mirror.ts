import { type AppObjectKey, appObjectKeys, objectTypeOf, propertyNameOf } from "@touchstone/shared/app-objects.ts";
import type { PortalId } from "@touchstone/shared/ids.ts";
import { playSchema } from "@touchstone/shared/play-shape.ts";
import type { Context } from "../../context.ts";
import { renamePlay } from "../../db/mirror-facts.ts";
import { readMirrorCapability, saveCompareCursor, saveCompared } from "../../db/mirror-portals.ts";
import { forgetRecords, type MirrorRow, readHeldRecords, saveWrittenRecords } from "../../db/mirror-records.ts";

type Parts = Pick<Context, "config" | "db" | "hubspot" | "now" | "log">;
type Held = Readonly<Record<string, string>>;

const pageSize = 100;
/** A request for each 100 records, changed or not: 20,000 roles cost 200. */
const compareEveryMs = 86_400_000;

/**
 * Holds HubSpot's records against ours. What people changed there is taken for written, so that it is written again where ours
 * differs. Only the name of a play comes back (decision 0024). A record that somebody deleted is made again.
 * Once a day, from where it was left off. False when `endAt` (`performance.now()`) came first.
 */
export async function compareMirror(ctx: Parts, portalId: PortalId, endAt: number): Promise<boolean> {
  const state = await readMirrorCapability(ctx.db, portalId);
  if (!state) return true;
  const { comparedAt, compareObject, compareAfter } = state;
  if (!compareObject && comparedAt !== null && ctx.now() - comparedAt < compareEveryMs) return true;
  let after = compareAfter ?? "";
  for (const object of appObjectKeys.slice(compareObject ? appObjectKeys.indexOf(compareObject) : 0)) {
    for (;;) {
      const rows = await readHeldRecords(ctx.db, portalId, object, after, pageSize);
      const last = rows.at(-1);
      if (!last) break;
      if (performance.now() > endAt) return false;
      await comparePage(ctx, portalId, object, rows);
      after = last.key;
      await saveCompareCursor(ctx.db, portalId, { object, after });
    }
    after = "";
  }
  await saveCompared(ctx.db, portalId, ctx.now());
  return true;
}

async function comparePage(
  ctx: Parts,
  portalId: PortalId,
  object: AppObjectKey,
  rows: readonly MirrorRow[],
): Promise<void> {
  const { appId } = ctx.config.hubspot;
  const names = [...new Set(rows.flatMap(({ written }) => Object.keys(written ?? {})))];
  const { found, missing } = await ctx.hubspot.readRecords(portalId, {
    objectType: objectTypeOf(appId, object),
    ids: rows.flatMap(({ recordId }) => recordId ?? []),
    properties: names.map((name) => propertyNameOf(appId, name)),
    priority: "reconcile",
    findMerged: false,
  });
  const byId = new Map(found.map(({ id, properties }) => [id, properties]));
  const edited = rows.flatMap((row) => {
    const properties = byId.get(row.recordId ?? "");
    if (!properties || !row.written) return [];
    const held = Object.fromEntries(
      Object.keys(row.written).map((name) => [name, properties[propertyNameOf(appId, name)] ?? ""]),
    );
    return isSame(row.written, held) ? [] : [{ row, held }];
  });
  for (const { row, held } of edited) if (object === "play") await takeName(ctx, portalId, row, held);
  await saveWrittenRecords(
    ctx.db,
    portalId,
    object,
    edited.map(({ row, held }) => ({ key: row.key, recordId: row.recordId, written: held })),
  );
  const lost = rows.filter(({ recordId }) => recordId !== null && missing.includes(recordId)).map(({ key }) => key);
  await forgetRecords(ctx.db, portalId, object, lost);
}

const isSame = (written: Held, held: Held): boolean =>
  Object.entries(written).every(([name, value]) => held[name] === value);

/** Theirs, unless the name was changed here as well since it was sent: then ours is sent again. */
async function takeName(ctx: Parts, portalId: PortalId, { key, written }: MirrorRow, held: Held): Promise<void> {
  const [before, after] = [written?.play_name, held.play_name];
  if (before === undefined || before === after) return;
  const parsed = playSchema.shape.name.safeParse(after);
  const taken = parsed.success && (await renamePlay(ctx.db, portalId, key, { before, after: parsed.data }));
  ctx.log.info({ portalId, play: key, taken }, "a play was renamed in HubSpot");
}
