import type { CommitteeSettingsView } from "@touchstone/shared/committee-api.ts";
import type { PortalId } from "@touchstone/shared/ids.ts";
import { roleTaxonomies, taxonomyKeys } from "@touchstone/shared/role-taxonomies.ts";
import { z } from "zod";
import type { Context } from "../../context.ts";
import { readSetting, saveSetting, taxonomySetting } from "../../db/portal-settings.ts";
import { BadRequest } from "../../errors.ts";

export async function readCommitteeSettings(
  ctx: Pick<Context, "db">,
  portalId: PortalId,
): Promise<CommitteeSettingsView> {
  const { value: taxonomy, version } = await readSetting(ctx.db, portalId, taxonomySetting);
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
  const change = { value: parsed.data.taxonomy, version: null, by: userId };
  await saveSetting(ctx.db, portalId, taxonomySetting, change);
  return readCommitteeSettings(ctx, portalId);
}
