import type {
  AccountSnapshot,
  Judgement,
  Signal,
  SnapshotDeal,
  SnapshotPerson,
} from "@touchstone/shared/account-snapshot.ts";
import { buyingRolesOf } from "@touchstone/shared/buying-roles-of.ts";
import { readCrmTime } from "@touchstone/shared/crm-time.ts";
import { dealStateOf } from "@touchstone/shared/deal-state.ts";
import { type AccountId, asPersonId, type PortalId } from "@touchstone/shared/ids.ts";
import { type AssignedRole, canonicalOf } from "@touchstone/shared/role-taxonomies.ts";
import { seniorityOf } from "@touchstone/shared/seniority-of.ts";

type Properties = Readonly<Record<string, string | null>>;

export interface AccountFacts {
  readonly portalId: PortalId;
  readonly accountId: AccountId;
  readonly company: Properties;
  readonly people: ReadonlyMap<string, Properties>;
  /** Roles that somebody gave people of this account, beside those that HubSpot holds; null for who has left and holds none. */
  readonly assignedRoles?: ReadonlyMap<string, readonly AssignedRole[] | null>;
  readonly deals: ReadonlyMap<string, Properties>;
  readonly signals: readonly Signal[];
  /** How many signals are taken, the newest; a key that was sent to us may bring any number. */
  readonly mostSignals: { readonly ofKind: number; readonly inAll: number };
  readonly judgements: readonly Judgement[];
}

/** Texts about the company that scoring has no use for: they are read again from the mirror when a screen asks. */
const notForScoring = new Set(["name", "domain", "hs_object_id", "createdate", "hs_lastmodifieddate"]);

/** CRM records → what scoring may know: sorted, without names, titles or addresses of people. */
export function toSnapshot(facts: AccountFacts): AccountSnapshot {
  const byKey = <T>(list: T[], key: (item: T) => string) => list.sort((a, b) => (key(a) < key(b) ? -1 : 1));
  const signals = [...facts.signals].sort((a, b) => a.at - b.at || (a.key < b.key ? -1 : 1));
  const { kept, cutKinds } = keepNewest(signals, facts.mostSignals);
  return {
    portalId: facts.portalId,
    accountId: facts.accountId,
    properties: pickProperties(facts.company),
    people: byKey(
      [...facts.people].map(([id, properties]) => toPerson(id, properties, facts.assignedRoles?.get(id))),
      (person) => person.id,
    ),
    deals: byKey([...facts.deals].map(toDeal), (deal) => deal.id),
    signals: kept,
    ...(cutKinds.length > 0 && { cutKinds }),
    judgements: byKey([...facts.judgements], (judgement) => judgement.criterion),
  };
}

/** By name, as code units compare. */
const pickProperties = (company: Properties): Properties =>
  Object.fromEntries(
    Object.keys(company)
      .filter((name) => !notForScoring.has(name))
      .sort()
      .map((name) => [name, company[name] ?? null]),
  );

/** Of signals in the order of time, the newest of each kind, and of all. */
function keepNewest(signals: readonly Signal[], most: AccountFacts["mostSignals"]) {
  if (signals.length <= most.ofKind) return { kept: signals, cutKinds: [] };
  const counts = new Map<string, number>();
  const cut = new Set<string>();
  const kept: Signal[] = [];
  for (const signal of signals.toReversed()) {
    const count = (counts.get(signal.kind) ?? 0) + 1;
    counts.set(signal.kind, count);
    if (count > most.ofKind || kept.length === most.inAll) cut.add(signal.kind);
    else kept.push(signal);
  }
  return { kept: kept.reverse(), cutKinds: [...cut].sort() };
}

function toPerson(
  id: string,
  properties: Properties,
  assigned: readonly AssignedRole[] | null | undefined,
): SnapshotPerson {
  return { id: asPersonId(id), seniority: seniorityOf(properties), roles: rolesOf(properties, assigned) };
}

function rolesOf(properties: Properties, assigned: readonly AssignedRole[] | null | undefined) {
  if (assigned === null) return [];
  const native = buyingRolesOf(properties.hs_buying_role);
  if (assigned === undefined || assigned.length === 0) return native;
  return [...new Set([...native, ...assigned.flatMap(canonicalOf)])].sort();
}

function toDeal([id, p]: [string, Properties]): SnapshotDeal {
  const amount = Number.parseFloat(p.amount_in_home_currency || p.amount || "");
  return {
    id,
    state: dealStateOf(p),
    createdAt: readCrmTime(p.createdate),
    closedAt: readCrmTime(p.closedate),
    amount: Number.isFinite(amount) ? amount : null,
  };
}
