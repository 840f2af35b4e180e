/** A number to be printed. Over the seeds it adds up, or the largest counts. */
export interface Figure {
  readonly value: number;
  readonly across: "sum" | "most";
  /** Bounds that every seed has to keep; the run fails when one does not. */
  readonly atMost?: number;
  readonly atLeast?: number;
  /** A bound that all seeds together have to keep. */
  readonly atLeastInAll?: number;
}
export type Figures = Readonly<Record<string, Figure>>;

/** A figure that only informs. */
export const count = (value: number): Figure => ({ value, across: "sum" });
/** A figure that must be 0. */
export const none = (value: number): Figure => ({ value, across: "sum", atMost: 0 });
export const atLeast = (value: number, least: number): Figure => ({ value, across: "sum", atLeast: least });
/** A figure of which all seeds together must reach `least`. */
export const atLeastInAll = (value: number, least: number): Figure => ({ value, across: "sum", atLeastInAll: least });
/** The worst of all seeds, which must not be more than `limit`. */
export const worst = (value: number, limit: number): Figure => ({ value, across: "most", atMost: limit });

/** What all seeds of a row come to. */
export function addUp(all: readonly Figures[]): Figures {
  const total: Record<string, Figure> = {};
  for (const figures of all) {
    for (const [name, figure] of Object.entries(figures)) {
      const known = total[name]?.value ?? 0;
      const value = figure.across === "sum" ? known + figure.value : Math.max(known, figure.value);
      total[name] = { ...figure, value };
    }
  }
  return total;
}

/** The must-bes that are not met, in words. */
export function findBreaches(figures: Figures): string[] {
  return Object.entries(figures).flatMap(([name, { value, atMost, atLeast }]) => {
    if (atMost !== undefined && value > atMost) return [`${name} ${show(value)}, must be at most ${show(atMost)}`];
    if (atLeast !== undefined && value < atLeast) return [`${name} ${show(value)}, must be at least ${show(atLeast)}`];
    return [];
  });
}

/** The same for what all seeds have come to. */
export const findBreachesInAll = (total: Figures): string[] =>
  Object.entries(total).flatMap(([name, { value, atLeastInAll: least }]) =>
    least !== undefined && value < least ? [`${name} ${show(value)} in all, must be at least ${show(least)}`] : [],
  );

export const describeFigures = (figures: Figures): string =>
  Object.entries(figures)
    .map(([name, { value }]) => `${name} ${show(value)}`)
    .join(", ");

const show = (value: number) => (Number.isInteger(value) ? value.toLocaleString("en") : value.toFixed(2));
