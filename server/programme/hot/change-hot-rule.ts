import type { HotRuleView } from "@touchstone/shared/hot-api.ts";
import { hotRuleSchema } from "@touchstone/shared/hot-rule.ts";
import type { PortalId } from "@touchstone/shared/ids.ts";
import { z } from "zod";
import type { Context } from "../../context.ts";
import { readHotRule, saveHotRule } from "../../db/hot-rules.ts";
import { BadRequest, Conflict } from "../../errors.ts";

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
  const saved = await saveHotRule(ctx.db, portalId, { ...parsed.data, by: userId });
  if (saved) return saved;
  const current = await readHotRule(ctx.db, portalId);
  if (JSON.stringify(current.rule) === JSON.stringify(parsed.data.rule)) return current;
  throw new Conflict(
    `Somebody changed the hot rule meanwhile (version ${current.version}). Yours was not saved: read it again.`,
  );
}
