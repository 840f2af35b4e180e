import { type AppObjectKey, appObjectKeys, objectTypeOf, propertyNameOf } from "@touchstone/shared/app-objects.ts";
import type { PortalId } from "@touchstone/shared/ids.ts";
import { playSchema } from "@touchstone/shared/play-shape.ts";
import type { Context } from "../../context.ts";
import { renamePlay } from "../../db/mirror-facts.ts";
import { forgetRecords, type MirrorRow, readHeldRecords, saveWrittenRecords } from "../../db/mirror-records.ts";

type Parts = Pick<Context, "config" | "db" | "hubspot" | "log">;
type Held = Readonly<Record<string, string>>;

const pageSize = 100;

/**
 * Holds HubSpot's records against ours. What people changed there is taken for written, so that it is written again where ours
 * differs. Only the name of a play comes back (decision 0024). A record that somebody deleted is made again.
 */
export async function compareMirror(ctx: Parts, portalId: PortalId): Promise<void> {
  for (const object of appObjectKeys) {
    for (let after = ""; ; ) {
      const rows = await readHeldRecords(ctx.db, portalId, object, after, pageSize);
      const last = rows.at(-1);
      if (!last) break;
      after = last.key;
      await comparePage(ctx, portalId, object, rows);
    }
  }
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
