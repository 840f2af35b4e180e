import type { BuyingRole } from "@touchstone/shared/account-snapshot.ts";
import { buyingRolesOf } from "@touchstone/shared/buying-roles-of.ts";
import { dayOf } from "@touchstone/shared/day-of.ts";
import type { PortalId } from "@touchstone/shared/ids.ts";
import { levelOfPerson, levelWindowMs } from "@touchstone/shared/level-of-person.ts";
import type { StageOutputName } from "@touchstone/shared/output-properties.ts";
import { type PersonOutputName, toPersonOutput } from "@touchstone/shared/person-properties.ts";
import { canonicalOf } from "@touchstone/shared/role-taxonomies.ts";
import { engagingKinds } from "@touchstone/shared/signal-kinds.ts";
import { stageDeal, stageOf, stageWindowMs } from "@touchstone/shared/stage-of.ts";
import { readDeals } from "../../db/account-facts.ts";
import type { Database } from "../../db/database.ts";
import type { ProgrammeDue } from "../../db/programme-due.ts";
import {
  type MemberFacts,
  readListedTimes,
  readPeopleOf,
  readRolesOfPeople,
  readSignalTraces,
  type SignalTrace,
} from "../../db/programme-facts.ts";

export interface JudgedProgramme {
  readonly stages: readonly { readonly id: string; readonly output: Record<StageOutputName, string> }[];
  readonly people: readonly { readonly id: string; readonly output: Record<PersonOutputName, string> }[];
  /** People who are not there any more. */
  readonly gone: readonly string[];
  readonly done: readonly (ProgrammeDue & { readonly nextAt: number | null })[];
}

export interface ToldPortal {
  readonly portalId: PortalId;
  /** Days are those of the portal's clock. */
  readonly timeZone: string;
  /** Whether people have properties of ours. */
  readonly withPeople: boolean;
}

/** Stages of up to 100 accounts, and levels and roles of their people, in a fixed number of queries. */
export async function judgeProgramme(
  db: Database,
  { portalId, timeZone, withPeople }: ToldPortal,
  due: readonly ProgrammeDue[],
  now: number,
): Promise<JudgedProgramme> {
  const ids = due.map(({ accountId }) => accountId);
  const since = { stage: now - stageWindowMs, level: now - levelWindowMs };
  const { members, left } = await readPeopleOf(db, portalId, ids);
  const leftIds = left.filter(({ gone }) => !gone).map(({ id }) => id);
  const present = members.filter(({ gone }) => !gone);
  const personIds = [...new Set(present.map(({ personId }) => personId))];
  const byPerson = groupById(await readSignalTraces(db, portalId, { owner: "person", ids: personIds }, since));
  const byAccount = groupById(await readSignalTraces(db, portalId, { owner: "account", ids }, since));
  const deals = Map.groupBy(await readDeals(db, portalId, ids), ({ accountId }) => accountId);
  const listed = await readListedTimes(db, portalId, ids);
  const membersOf = Map.groupBy(present, ({ accountId }) => accountId);
  const tracesOf = (accountId: string) => [
    ...(byAccount.get(accountId) ?? []),
    ...(membersOf.get(accountId) ?? []).flatMap(({ personId }) => byPerson.get(personId) ?? []),
  ];
  return {
    stages: ids.map((id) => ({
      id,
      output: stageOutput(
        {
          listedAt: listed.get(id) ?? null,
          signals: tracesOf(id).filter(({ kind }) => engagingKinds.has(kind)),
          deals: (deals.get(id) ?? []).map(({ properties }) => stageDeal(properties)),
        },
        now,
        timeZone,
      ),
    })),
    people: withPeople ? await judgePeople(db, portalId, present, personIds, leftIds, byPerson) : [],
    gone: [
      ...members.flatMap(({ personId, gone }) => (gone ? [personId] : [])),
      ...left.flatMap(({ id, gone }) => (gone ? [id] : [])),
    ],
    done: due.map((one) => ({ ...one, nextAt: nextOf(tracesOf(one.accountId)) })),
  };
}

const groupById = (traces: readonly SignalTrace[]) => Map.groupBy(traces, ({ id }) => id);

/** Awareness of an account of which nothing tells since when is nobody's news: most companies of a portal stand there. */
function stageOutput(
  evidence: Parameters<typeof stageOf>[0],
  now: number,
  timeZone: string,
): Record<StageOutputName, string> {
  const { stage, since } = stageOf(evidence, now);
  const isTold = stage !== "awareness" || since !== null;
  return {
    touchstone_stage: isTold ? stage : "",
    touchstone_stage_since: since === null ? "" : dayOf(since, timeZone),
  };
}

async function judgePeople(
  db: Database,
  portalId: PortalId,
  members: readonly MemberFacts[],
  personIds: readonly string[],
  leftIds: readonly string[],
  traces: ReadonlyMap<string, readonly SignalTrace[]>,
): Promise<JudgedProgramme["people"]> {
  const assigned = Map.groupBy(await readRolesOfPeople(db, portalId, personIds), ({ personId }) => personId);
  const native = new Map(members.map(({ personId, buyingRole }) => [personId, buyingRolesOf(buyingRole)]));
  const present = personIds.map((id) => {
    const own = assigned.get(id) ?? [];
    const judged = own.some(({ levelJudged }) => levelJudged === 5) ? 5 : null;
    const roles: BuyingRole[] = [...(native.get(id) ?? []), ...own.flatMap((one) => one.roles.flatMap(canonicalOf))];
    return { id, output: toPersonOutput(levelOfPerson(traces.get(id) ?? [], judged).level, roles) };
  });
  // Of a person without a company we say nothing any more.
  return [...present, ...leftIds.map((id) => ({ id, output: toPersonOutput(0, []) }))];
}

/** When the first of them leaves a window: only then may stage or level change by time alone. */
function nextOf(traces: readonly SignalTrace[]): number | null {
  const times = traces.flatMap(({ firstAt, recentAt }) => [
    firstAt + stageWindowMs + 1,
    ...(recentAt === null ? [] : [recentAt + levelWindowMs + 1]),
  ]);
  return times.length > 0 ? Math.min(...times) : null;
}
