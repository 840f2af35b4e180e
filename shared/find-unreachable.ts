import { buyingRoles } from "./account-snapshot.ts";
import { criterionMax } from "./criterion-max.ts";
import type { Criterion, CriterionOf } from "./criterion-shapes.ts";
import type { ModelFault } from "./model-fault.ts";
import { normalText } from "./normal-text.ts";

/** Rungs that no account can stand on, because another one that is worth as much is always reached first. */
export function findUnreachable(criterion: Criterion, path: (string | number)[]): ModelFault[] {
  if (criterionMax(criterion) === 0) {
    return [{ path, message: "can never give a point: give a rung points or remove the criterion" }];
  }
  switch (criterion.kind) {
    case "signal-rungs":
      return findShadowed(criterion.rungs, impliesAll, path);
    case "committee-reach":
      return findShadowed(criterion.rungs, (a, b) => b.people <= a.people && (a.keyRole || !b.keyRole), path);
    case "known-people":
      return [
        ...findShadowed(criterion.rungs, (a, b) => b.atLeast <= a.atLeast, path),
        ...findTooMany(criterion, path),
      ];
    case "property-map":
      return criterion.rungs.flatMap((rung, index) =>
        rung.values.length > 0
          ? []
          : [
              {
                path: [...path, "rungs", index, "values"],
                message: `${rung.key} has no value: add one or remove the rung`,
              },
            ],
      );
    default:
      return [];
  }
}

/** `implies(a, b)`: whoever reaches rung a has reached b. */
function findShadowed<Rung extends { readonly key: string; readonly points: number }>(
  rungs: readonly Rung[],
  implies: (a: Rung, b: Rung) => boolean,
  path: (string | number)[],
): ModelFault[] {
  return rungs.flatMap((rung, index) => {
    const shadow = rungs.find(
      (other, at) =>
        at !== index &&
        implies(rung, other) &&
        (other.points > rung.points || (other.points === rung.points && (at < index || !implies(other, rung)))),
    );
    if (shadow === undefined) return [];
    const message = `can never be reached: ${shadow.key} asks for no more and is worth as much; give ${rung.key} more points or ask for less`;
    return [{ path: [...path, "rungs", index], message }];
  });
}

type SignalRung = CriterionOf<"signal-rungs">["rungs"][number];
type Condition = SignalRung["when"][number];

const impliesAll = (a: SignalRung, b: SignalRung): boolean =>
  b.when.every((wanted) => a.when.some((given) => impliesOne(given, wanted)));

function impliesOne(given: Condition, wanted: Condition): boolean {
  return (
    given.measure === wanted.measure &&
    wanted.atLeast <= given.atLeast &&
    isPartOf(given.signals, wanted.signals) &&
    isPartOf(given.subjects?.map(normalText), wanted.subjects?.map(normalText))
  );
}

/** Left out means all. */
function isPartOf(part: readonly string[] | undefined, whole: readonly string[] | undefined): boolean {
  if (whole === undefined) return true;
  return part?.every((one) => whole.includes(one)) ?? false;
}

function findTooMany(criterion: CriterionOf<"known-people">, path: (string | number)[]): ModelFault[] {
  if (criterion.count !== "roles") return [];
  const most = criterion.roles?.length ?? buyingRoles.length;
  return criterion.rungs.flatMap((rung, index) =>
    rung.atLeast <= most
      ? []
      : [
          {
            path: [...path, "rungs", index, "atLeast"],
            message: `can never be reached: there are only ${most} roles to hold`,
          },
        ],
  );
}
