import type { PortalId } from "@touchstone/shared/ids.ts";
import type { Context } from "../context.ts";
import type { MirrorLink } from "../db/records.ts";
import type { Priority } from "../hubspot/hubspot-options.ts";
import type { FailedRead } from "../hubspot/row-errors.ts";
import { linkedTypes, type MirrorType } from "./record-properties.ts";

/** Links of records of one type, as the mirror keeps them. */
export interface LinksOfRecords {
  /** Records whose links were all read. */
  readonly linkedIds: readonly string[];
  readonly links: readonly MirrorLink[];
  /** Nothing is said of the links of these this time. */
  readonly failed: readonly FailedRead[];
}

export async function readLinks(
  ctx: Pick<Context, "hubspot">,
  portalId: PortalId,
  type: MirrorType,
  ids: readonly string[],
  priority: Priority,
): Promise<LinksOfRecords> {
  const links: MirrorLink[] = [];
  const failed = new Map<string, FailedRead>();
  for (const to of ids.length > 0 ? linkedTypes(type) : []) {
    const read = await ctx.hubspot.readAssociations(portalId, { from: type, to, ids, priority });
    for (const one of read.failed) failed.set(one.id, one);
    for (const [fromId, list] of read.links)
      links.push(...list.map(({ toId, primary }) => ({ fromId, toType: to, toId, primary })));
  }
  return {
    linkedIds: linkedTypes(type).length > 0 ? ids.filter((id) => !failed.has(id)) : [],
    links: links.filter(({ fromId }) => !failed.has(fromId)),
    failed: [...failed.values()],
  };
}
