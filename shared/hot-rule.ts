import { z } from "zod";

const key = z.string().regex(/^[a-z][a-z0-9_-]{0,63}$/);

/**
 * When an account is hot, what then happens, and what counts as an answer (market.md rows 82, 83; product.md §4). Data of a
 * portal: an admin edits it. "ours" marks what no source states.
 */
export const hotRuleSchema = z.strictObject({
  /** Readiness points from which an account is hot, when the gate passes. Default 6 (row 46). */
  readinessFrom: z.number().min(0).max(100),
  /** Key of the readiness model's gate that must pass; null: none. Default the ICP match (row 46). */
  gate: key.nullable(),
  /** What a person did that makes a target account hot at once, however many points it has (row 82). */
  behaviours: z.array(key).max(20),
  /** Days within which such a thing still counts when we first hear of it; ours. */
  behaviourDays: z.number().int().min(1).max(30),
  /**
   * Bands of the priority model whose accounts are target accounts. So are those that have a place in a tier, are on the target list
   * and not rejected by sales, or carry the CRM's own target flag.
   */
  targetTiers: z.array(key).max(20),
  /** Days in which an account that wavers round the line raises one alert (T05); ours. */
  rearmDays: z.number().int().min(1).max(365),
  /** Hours of elapsed time until a person must have reached out (row 83). */
  clockHours: z.number().int().min(1).max(720),
});

export type HotRule = z.infer<typeof hotRuleSchema>;

export const defaultHotRule: HotRule = {
  readinessFrom: 6,
  gate: "icp",
  behaviours: ["demo_request"],
  behaviourDays: 7,
  targetTiers: ["tier_1", "tier_2", "tier_3"],
  rearmDays: 14,
  clockHours: 24,
};
