import { z } from "zod";

/**
 * When an account that was engaged has gone cold, and when its people are asked what to do about it (market.md row 84). Data of
 * a portal: an admin edits it. The figures are ours.
 */
export const coldRuleSchema = z.strictObject({
  /** Axis that tells engagement: of the priority model, or of the readiness model when that one has none of this key. */
  axis: z.string().regex(/^[a-z][a-z0-9_-]{0,63}$/),
  /** An account is cold below this per cent of the axis' maximum (row 52 says what engagement in per cent is). */
  belowPercent: z.number().min(1).max(100),
  /** Days below the line until somebody is asked. */
  days: z.number().int().min(1).max(365),
  /** Days after an answer until it is asked again, if the account is still cold. */
  askAgainDays: z.number().int().min(1).max(365),
});
export type ColdRule = z.infer<typeof coldRuleSchema>;

export const defaultColdRule: ColdRule = { axis: "engagement", belowPercent: 20, days: 30, askAgainDays: 30 };
