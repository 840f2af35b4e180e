import {
  type AppObjectKey,
  appObjectKeys,
  appObjects,
  keyProperty,
  objectTypeOf,
  propertyNameOf,
} from "@touchstone/shared/app-objects.ts";
import type { PortalId } from "@touchstone/shared/ids.ts";
import type { Context } from "../../context.ts";
import { type LinkedType, readUnwrittenLinks, saveLinks } from "../../db/mirror-links.ts";
import {
  dropRecords,
  type MirrorRow,
  markMirrorSending,
  readUnwritten,
  saveRefusedRecords,
  saveWrittenRecords,
} from "../../db/mirror-records.ts";

type Parts = Pick<Context, "config" | "db" | "hubspot" | "log">;

const recordsAtOnce = 100;
const linksAtOnce = 1_000;
const priority = "due";
const oneRecord = { properties: [], limit: 1, priority } as const;

/** Brings HubSpot's records and links to what is planned. False when `endAt` (`performance.now()`) came first. */
export async function writeMirror(ctx: Parts, portalId: PortalId, endAt: number): Promise<boolean> {
  for (const object of appObjectKeys) {
    for (;;) {
      const rows = await readUnwritten(ctx.db, portalId, object, recordsAtOnce);
      if (rows.length === 0) break;
      await writeRecords(ctx, portalId, object, rows);
      if (performance.now() > endAt) return false;
    }
    for (const type of appObjects[object].linkedTo)
      for (const wanted of [true, false]) {
        while (await writeLinks(ctx, portalId, object, type, wanted)) if (performance.now() > endAt) return false;
      }
  }
  return true;
}

async function writeRecords(
  ctx: Parts,
  portalId: PortalId,
  object: AppObjectKey,
  rows: readonly MirrorRow[],
): Promise<void> {
  const kept = rows.filter(({ wanted }) => wanted !== null);
  const gone = rows.filter(({ wanted }) => wanted === null);
  if (kept.length > 0) await sendRecords(ctx, portalId, object, kept);
  // Sent once, and the answer was lost: sending it again tells its id, so that it can be taken back.
  const lost = gone.filter(({ recordId }) => recordId === null);
  if (lost.length > 0) await sendRecords(ctx, portalId, object, lost);
  const known = gone.flatMap(({ recordId }) => recordId ?? []);
  if (known.length === 0) return;
  await ctx.hubspot.archiveRecords(portalId, { objectType: typeOf(ctx, object), ids: known, priority });
  await dropRecords(
    ctx.db,
    portalId,
    object,
    gone.filter(({ recordId }) => recordId !== null).map(({ key }) => key),
  );
}

async function sendRecords(
  ctx: Parts,
  portalId: PortalId,
  object: AppObjectKey,
  rows: readonly MirrorRow[],
): Promise<void> {
  const { appId } = ctx.config.hubspot;
  await markMirrorSending(
    ctx.db,
    portalId,
    object,
    rows.map(({ key }) => key),
  );
  const { ids, failed } = await ctx.hubspot.upsertRecords(portalId, {
    objectType: typeOf(ctx, object),
    idProperty: propertyNameOf(appId, keyProperty),
    rows: rows.map(({ key, wanted }) => ({ key, properties: prefixed(appId, { ...wanted, [keyProperty]: key }) })),
    priority,
  });
  const written = rows.flatMap(({ key, wanted }) => {
    const recordId = ids.get(key);
    return recordId === undefined ? [] : [{ key, recordId, written: wanted ?? {} }];
  });
  // All of them refused may mean that the object is: then this fails too, and no row is to blame.
  if (written.length === 0) await ctx.hubspot.listRecords(portalId, { objectType: typeOf(ctx, object), ...oneRecord });
  await saveWrittenRecords(ctx.db, portalId, object, written);
  if (failed.length === 0) return;
  await saveRefusedRecords(ctx.db, portalId, object, failed);
  ctx.log.warn({ portalId, object, records: failed.length }, "HubSpot refused records of the mirror");
}

/** True when there may be more. */
async function writeLinks(
  ctx: Parts,
  portalId: PortalId,
  object: AppObjectKey,
  to: LinkedType,
  wanted: boolean,
): Promise<boolean> {
  const links = await readUnwrittenLinks(ctx.db, portalId, object, to, wanted, linksAtOnce);
  if (links.length === 0) return false;
  const missing = await ctx.hubspot.changeLinks(portalId, {
    from: typeOf(ctx, object),
    to,
    links,
    wanted,
    priority,
  });
  const isThere = (link: (typeof links)[number]) => !missing.has(link);
  if (!wanted) await saveLinks(ctx.db, portalId, object, to, links, "gone");
  else {
    await saveLinks(ctx.db, portalId, object, to, links.filter(isThere), "written");
    await saveLinks(
      ctx.db,
      portalId,
      object,
      to,
      links.filter((link) => !isThere(link)),
      "missing",
    );
  }
  return true;
}

const typeOf = ({ config }: Pick<Parts, "config">, object: AppObjectKey) => objectTypeOf(config.hubspot.appId, object);

const prefixed = (appId: number, properties: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(properties).map(([name, value]) => [propertyNameOf(appId, name), value]));
