import type { PortalId } from "@touchstone/shared/ids.ts";
import type { ModelVersionKey } from "@touchstone/shared/models-api.ts";
import { createReaderFormat } from "@touchstone/shared/reader-format.ts";
import type { ScoringModel } from "@touchstone/shared/scoring-model.ts";
import type { Database } from "../db/database.ts";
import { readPublication } from "../db/portal-models.ts";
import { findPortal } from "../db/portals.ts";
import { Conflict } from "../errors.ts";

/** Throws when what the sender saw active is not any more: their preview compared with what is gone. */
export async function refuseOvertaken(
  db: Database,
  portalId: PortalId,
  current: ScoringModel,
  over: ModelVersionKey,
  remedy: string,
): Promise<void> {
  if (over.key === current.key && over.version === current.version) return;
  const portal = await findPortal(db, portalId);
  const publication = await readPublication(db, portalId, current.key, current.version);
  const format = createReaderFormat({ locale: "en-GB", timeZone: portal?.timeZone });
  const at = publication ? ` on ${format.moment(publication.at)}` : "";
  throw new Conflict(
    `Somebody published ${current.name}, version ${current.version}${at}, after you read what is active. ${remedy}`,
  );
}
