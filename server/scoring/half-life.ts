import { dayMs } from "./day.ts";
import type { Facts } from "./gather-facts.ts";
import type { SignalSelection } from "./select-signals.ts";

export interface HalfLife {
  readonly days: number;
  readonly stepMs: number;
  /** Thousandths that are left after 0, 1, 2 … whole steps. */
  readonly left: readonly number[];
}

/** Rounded to thousandths here, so that a person with the printed weights finds the printed points. */
export function compileHalfLife(
  halfLife: { days: number; stepDays: number } | undefined,
  windowMs: number,
): HalfLife | null {
  if (halfLife === undefined) return null;
  const stepMs = Math.round(halfLife.stepDays * dayMs);
  const steps = Math.ceil(windowMs / stepMs);
  const left = Array.from({ length: steps + 1 }, (_, step) =>
    Math.round(1000 * 0.5 ** ((step * stepMs) / (halfLife.days * dayMs))),
  );
  return { days: halfLife.days, stepMs, left };
}

export const weightAt = (halfLife: HalfLife, at: number, now: number): number =>
  halfLife.left[Math.floor((now - at) / halfLife.stepMs)] ?? 0;

/** When the first of the signals that count loses weight; Infinity: none will. */
export function firstStepAt(
  { counted, countedCount }: SignalSelection,
  { signals, now }: Facts,
  { stepMs }: HalfLife,
): number {
  let first = Number.POSITIVE_INFINITY;
  for (let index = 0; index < countedCount; index++) {
    const at = signals.times[counted[index] ?? 0] ?? now;
    first = Math.min(first, at + (Math.floor((now - at) / stepMs) + 1) * stepMs);
  }
  return first;
}
