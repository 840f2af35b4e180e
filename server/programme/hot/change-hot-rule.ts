import type { HotRuleView } from "@touchstone/shared/hot-api.ts";
import { hotRuleSchema } from "@touchstone/shared/hot-rule.ts";
import type { PortalId } from "@touchstone/shared/ids.ts";
import { z } from "zod";
import type { Context } from "../../context.ts";
import { hotRuleSetting, readSetting, saveSetting } from "../../db/portal-settings.ts";
import { BadRequest, Conflict } from "../../errors.ts";

export async function readHotRule(ctx: Pick<Context, "db">, portalId: PortalId): Promise<HotRuleView> {
  const { value, version } = await readSetting(ctx.db, portalId, hotRuleSetting);
  return { rule: value, version };
}

const bodySchema = z.strictObject({ rule: hotRuleSchema, version: z.number().int().min(0) });

/** Holds from the next scoring on; alerts that were raised stay. Refused when somebody else changed the rule meanwhile. */
export async function changeHotRule(
  ctx: Pick<Context, "db">,
  portalId: PortalId,
  userId: string,
  body: unknown,
): Promise<HotRuleView> {
  const parsed = bodySchema.safeParse(body);
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => `${issue.path.join(".") || "body"}: ${issue.message}`);
    throw new BadRequest(`The hot rule was not changed. ${faults.slice(0, 10).join("; ")}`);
  }
  const { rule, version } = parsed.data;
  const saved = await saveSetting(ctx.db, portalId, hotRuleSetting, { value: rule, version, by: userId });
  if (!saved) throw new Conflict("Somebody changed the hot rule meanwhile. Yours was not saved: read it again.");
  return { rule: saved.value, version: saved.version };
}
