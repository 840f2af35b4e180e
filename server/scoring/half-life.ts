import type { Signal } from "@touchstone/shared/account-snapshot.ts";
import { dayMs } from "./day.ts";

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

export const nextStepAt = (halfLife: HalfLife, at: number, now: number): number =>
  at + (Math.floor((now - at) / halfLife.stepMs) + 1) * halfLife.stepMs;

/** When the first of these signals loses weight; Infinity: none will. */
export function firstStepAt(signals: readonly Signal[], halfLife: HalfLife, now: number): number {
  let first = Number.POSITIVE_INFINITY;
  for (const { at } of signals) first = Math.min(first, nextStepAt(halfLife, at, now));
  return first;
}
