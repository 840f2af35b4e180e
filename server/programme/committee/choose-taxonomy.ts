import type { CommitteeSettingsView } from "@touchstone/shared/committee-api.ts";
import type { PortalId } from "@touchstone/shared/ids.ts";
import { roleTaxonomies, taxonomyKeys } from "@touchstone/shared/role-taxonomies.ts";
import { z } from "zod";
import type { Context } from "../../context.ts";
import { readTaxonomy, saveTaxonomy } from "../../db/committees.ts";
import { BadRequest } from "../../errors.ts";

export async function readCommitteeSettings(
  ctx: Pick<Context, "db">,
  portalId: PortalId,
): Promise<CommitteeSettingsView> {
  const { taxonomy, version } = await readTaxonomy(ctx.db, portalId);
  const taxonomies = taxonomyKeys.map((key) => {
    const { label, roles } = roleTaxonomies[key];
    return {
      key,
      label,
      roles: roles.map((role) => ({
        key: role.key,
        label: role.label,
        required: role.required,
        caresAbout: role.caresAbout,
      })),
    };
  });
  return { taxonomy, taxonomies, version };
}

const bodySchema = z.strictObject({ taxonomy: z.enum(taxonomyKeys) });

/** From now on roles are shown and given in these words; nothing that was said before is lost (T28). */
export async function chooseTaxonomy(
  ctx: Pick<Context, "db">,
  portalId: PortalId,
  userId: string,
  body: unknown,
): Promise<CommitteeSettingsView> {
  const parsed = bodySchema.safeParse(body);
  if (!parsed.success) throw new BadRequest(`Choose one of: ${taxonomyKeys.join(", ")}. Nothing was changed.`);
  await saveTaxonomy(ctx.db, portalId, parsed.data.taxonomy, userId);
  return readCommitteeSettings(ctx, portalId);
}
