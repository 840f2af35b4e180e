import type { ColdRuleView } from "@touchstone/shared/cold-api.ts";
import { coldRuleSchema } from "@touchstone/shared/cold-rule.ts";
import type { PortalId } from "@touchstone/shared/ids.ts";
import { z } from "zod";
import type { Context } from "../../context.ts";
import { coldRuleSetting, readSetting, saveSetting } from "../../db/portal-settings.ts";
import { BadRequest, Conflict } from "../../errors.ts";

export async function readColdRule(ctx: Pick<Context, "db">, portalId: PortalId): Promise<ColdRuleView> {
  const { value, version } = await readSetting(ctx.db, portalId, coldRuleSetting);
  return { rule: value, version };
}

const bodySchema = z.strictObject({ rule: coldRuleSchema, version: z.number().int().min(0) });

/**
 * The days hold at once, the line from each account's next scoring on. Refused when somebody else changed the rule meanwhile.
 */
export async function changeColdRule(
  ctx: Pick<Context, "db">,
  portalId: PortalId,
  userId: string,
  body: unknown,
): Promise<ColdRuleView> {
  const parsed = bodySchema.safeParse(body);
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => `${issue.path.join(".") || "body"}: ${issue.message}`);
    throw new BadRequest(`The cold rule was not changed. ${faults.slice(0, 10).join("; ")}`);
  }
  const { rule, version } = parsed.data;
  const saved = await saveSetting(ctx.db, portalId, coldRuleSetting, { value: rule, version, by: userId });
  if (!saved) throw new Conflict("Somebody changed the cold rule meanwhile. Yours was not saved: read it again.");
  return { rule: saved.value, version: saved.version };
}
