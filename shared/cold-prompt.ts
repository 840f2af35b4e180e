import type { ColdRule } from "./cold-rule.ts";

const dayMs = 86_400_000;

export interface ColdSpell {
  /** When engagement fell below the line. */
  readonly fellAt: number;
  /** When somebody last said what to do about it; null: nobody has since it fell. */
  readonly answeredAt: number | null;
}

/** Whole days below the line; null while they are fewer than the rule's. */
export function coldDays({ fellAt }: Pick<ColdSpell, "fellAt">, rule: Pick<ColdRule, "days">, now: number) {
  const days = Math.floor((now - fellAt) / dayMs);
  return days < rule.days ? null : days;
}

/** The question that a cold account raises, in one sentence without names; null when there is none now (row 84). */
export function coldPrompt(
  spell: ColdSpell,
  rule: Pick<ColdRule, "days" | "askAgainDays" | "belowPercent">,
  now: number,
): string | null {
  const days = coldDays(spell, rule, now);
  const rests = spell.answeredAt !== null && now < spell.answeredAt + rule.askAgainDays * dayMs;
  if (days === null || rests) return null;
  return `Engagement has been below ${rule.belowPercent} % for ${days} days: pause what runs, change the message, or keep going, and note what was tried.`;
}
