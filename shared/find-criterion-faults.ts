import type { Criterion, CriterionOf } from "./criterion-shapes.ts";
import type { ModelFault } from "./model-fault.ts";
import { normalText } from "./normal-text.ts";

/** What is wrong with one criterion although each of its fields is well formed. */
export function findCriterionFaults(criterion: Criterion, path: (string | number)[]): ModelFault[] {
  const faults = findDoubleRungs(criterion, path);
  switch (criterion.kind) {
    case "property-map":
      return [...faults, ...findDoubleValues(criterion, path)];
    case "property-ranges":
      return [...faults, ...findRangeFaults(criterion, path)];
    case "signal-rungs":
      return [...faults, ...findStrayKinds(criterion, path), ...findHalfLifeFaults(criterion, path)];
    case "signal-count":
      return [...faults, ...findHalfLifeFaults(criterion, path)];
    case "feed":
      return [...faults, ...findFeedFaults(criterion, path)];
    default:
      return faults;
  }
}

function findDoubleRungs(criterion: Criterion, path: (string | number)[]): ModelFault[] {
  if (!("rungs" in criterion)) return [];
  const keys = criterion.rungs.map((rung) => rung.key);
  return keys.flatMap((key, index) =>
    keys.indexOf(key) === index
      ? []
      : [{ path: [...path, "rungs", index, "key"], message: `${key} is used twice: give the rung another key` }],
  );
}

function findDoubleValues(criterion: CriterionOf<"property-map">, path: (string | number)[]): ModelFault[] {
  const rungOf = new Map<string, string>();
  return criterion.rungs.flatMap((rung, index) =>
    rung.values.flatMap((value, at) => {
      const earlier = rungOf.get(normalText(value));
      rungOf.set(normalText(value), rung.key);
      const message = `${value} is already in ${earlier}: a value belongs to one rung, remove one of them`;
      return earlier === undefined ? [] : [{ path: [...path, "rungs", index, "values", at], message }];
    }),
  );
}

function findRangeFaults(criterion: CriterionOf<"property-ranges">, path: (string | number)[]): ModelFault[] {
  const ranges = criterion.rungs.flatMap((rung, index) =>
    rung.ranges.map((range, at) => ({
      from: range.from ?? -Infinity,
      to: range.to ?? Infinity,
      rung: rung.key,
      path: [...path, "rungs", index, "ranges", at],
    })),
  );
  const empty = ranges
    .filter(({ from, to }) => from >= to)
    .map((range) => ({ path: range.path, message: "holds no number: from must be less than to" }));
  const sorted = ranges.filter(({ from, to }) => from < to).sort((a, b) => a.from - b.from);
  const overlaps = sorted.flatMap((range, index) => {
    const before = sorted[index - 1];
    if (before === undefined || range.from >= before.to) return [];
    const message = `overlaps a range of ${before.rung}: a range excludes its "to", so let one end where the next starts`;
    return [{ path: range.path, message }];
  });
  return [...empty, ...overlaps];
}

function findStrayKinds(criterion: CriterionOf<"signal-rungs">, path: (string | number)[]): ModelFault[] {
  return criterion.rungs.flatMap((rung, index) =>
    rung.when.flatMap((condition, at) => {
      const stray = (condition.signals ?? []).filter((kind) => !criterion.signals.includes(kind));
      const message = `${stray.join(", ")} is not among the criterion's signals: add it there`;
      return stray.length === 0 ? [] : [{ path: [...path, "rungs", index, "when", at, "signals"], message }];
    }),
  );
}

function findHalfLifeFaults(
  criterion: CriterionOf<"signal-rungs"> | CriterionOf<"signal-count">,
  path: (string | number)[],
): ModelFault[] {
  if (criterion.halfLife === undefined || criterion.halfLife.stepDays <= criterion.windowDays) return [];
  const message = `is longer than the window of ${criterion.windowDays} days: nothing would ever decay`;
  return [{ path: [...path, "halfLife", "stepDays"], message }];
}

function findFeedFaults(criterion: CriterionOf<"feed">, path: (string | number)[]): ModelFault[] {
  return criterion.rungs.flatMap((rung, index) => {
    const next = criterion.rungs[index + 1];
    const at = [...path, "rungs", index];
    if (next === undefined) {
      const message = "the last rung must have strengthFrom 0, so that any strength has a rung";
      return rung.strengthFrom === 0 ? [] : [{ path: [...at, "strengthFrom"], message }];
    }
    if (rung.strengthFrom > next.strengthFrom && rung.points >= next.points) return [];
    return [{ path: at, message: `must be stronger and worth no less than ${next.key}: order rungs from the top` }];
  });
}
