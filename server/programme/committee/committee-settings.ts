import type { CommitteeSettingsView } from "@touchstone/shared/committee-api.ts";
import type { PortalId } from "@touchstone/shared/ids.ts";
import { roleTaxonomies, taxonomyKeys } from "@touchstone/shared/role-taxonomies.ts";
import { z } from "zod";
import type { Context } from "../../context.ts";
import { readSetting, saveSetting, taxonomySetting, writeRolesSetting } from "../../db/portal-settings.ts";
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
      effect: effectOf(roleTaxonomies[key]),
    };
  });
  const { value: writeRoles } = await readSetting(ctx.db, portalId, writeRolesSetting);
  return { taxonomy, taxonomies, version, writeRoles, writingEffect };
}

function effectOf({ label, roles }: (typeof roleTaxonomies)[keyof typeof roleTaxonomies]): string {
  const needed = roles.flatMap((role) => (role.required ? [role.label] : []));
  return `Every card names roles as “${label}” from now on, and a committee is complete with these: ${needed.join(", ")}. What was said of people is kept, so you can go back.`;
}

const writingEffect: CommitteeSettingsView["writingEffect"] = {
  begins:
    "Touchstone writes to people in HubSpot: everybody who was given a role here gets it in HubSpot's property Buying role too, now and whenever their roles change. What others set there stays.",
  ends: "Touchstone writes no more roles to HubSpot. What it has written there stays.",
};

const bodySchema = z
  .strictObject({ taxonomy: z.enum(taxonomyKeys).optional(), writeRoles: z.boolean().optional() })
  .refine(({ taxonomy, writeRoles }) => taxonomy !== undefined || writeRoles !== undefined);

/**
 * From now on roles are shown and given in these words; nothing that was said before is lost (T28). Whether HubSpot's buying
 * role follows is a choice of its own; what was written stays when it is taken back.
 */
export async function changeCommitteeSettings(
  ctx: Pick<Context, "db" | "queue">,
  portalId: PortalId,
  userId: string,
  body: unknown,
): Promise<CommitteeSettingsView> {
  const parsed = bodySchema.safeParse(body);
  if (!parsed.success)
    throw new BadRequest(
      `Choose one of: ${taxonomyKeys.join(", ")}, or say whether to write roles. Nothing was changed.`,
    );
  const { taxonomy, writeRoles } = parsed.data;
  const change = { version: null, by: userId };
  if (taxonomy !== undefined) await saveSetting(ctx.db, portalId, taxonomySetting, { ...change, value: taxonomy });
  if (writeRoles !== undefined)
    await saveSetting(ctx.db, portalId, writeRolesSetting, { ...change, value: writeRoles });
  if (writeRoles === true) await ctx.queue.wake("write-buying-roles", portalId);
  return readCommitteeSettings(ctx, portalId);
}
