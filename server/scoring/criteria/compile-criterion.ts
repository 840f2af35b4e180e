import type { Criterion, CriterionKind, CriterionOf } from "@touchstone/shared/criterion-shapes.ts";
import type { CompileContext, CriterionJudge } from "../criterion-judge.ts";
import { compileCommitteeReach } from "./committee-reach.ts";
import { compileEngagedPeople } from "./engaged-people.ts";
import { compileFeed } from "./feed.ts";
import { compileGatePassed } from "./gate-passed.ts";
import { compileHighestSeniority } from "./highest-seniority.ts";
import { compileJudged } from "./judged.ts";
import { compileKnownPeople } from "./known-people.ts";
import { compilePropertyFilled } from "./property-filled.ts";
import { compilePropertyMap } from "./property-map.ts";
import { compilePropertyRanges } from "./property-ranges.ts";
import { compileSignalCount } from "./signal-count.ts";
import { compileSignalRungs } from "./signal-rungs.ts";

type Compilers = {
  readonly [Kind in CriterionKind]: (criterion: CriterionOf<Kind>, context: CompileContext) => CriterionJudge;
};

/** Every kind of criterion. A new kind is a file beside this one, a line here, and its shape in `shared/`. */
const compilers: Compilers = {
  "property-map": compilePropertyMap,
  "property-ranges": compilePropertyRanges,
  judged: compileJudged,
  "signal-count": compileSignalCount,
  "signal-rungs": compileSignalRungs,
  "engaged-people": compileEngagedPeople,
  "committee-reach": compileCommitteeReach,
  "highest-seniority": compileHighestSeniority,
  "known-people": compileKnownPeople,
  "property-filled": compilePropertyFilled,
  feed: compileFeed,
  "gate-passed": compileGatePassed,
};

export function compileCriterion(criterion: Criterion, context: CompileContext): CriterionJudge {
  return compileKind(compilers, criterion.kind, criterion, context);
}

/** Ties the kind in the data to the compiler of that kind, which a plain look-up loses. */
function compileKind<Kind extends CriterionKind>(
  table: Compilers,
  kind: Kind,
  criterion: Extract<Criterion, { kind: Kind }>,
  context: CompileContext,
): CriterionJudge {
  return table[kind](criterion, context);
}
