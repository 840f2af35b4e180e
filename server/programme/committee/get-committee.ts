import { type BuyingRole, buyingRoles } from "@touchstone/shared/account-snapshot.ts";
import { buyingRolesOf } from "@touchstone/shared/buying-roles-of.ts";
import type { CommitteePersonView, CommitteeView, MappingDepth } from "@touchstone/shared/committee-api.ts";
import { dealStateOf } from "@touchstone/shared/deal-state.ts";
import type { AccountId, PortalId } from "@touchstone/shared/ids.ts";
import { goneOf, judgeCoverage, toHolder } from "@touchstone/shared/judge-coverage.ts";
import { levelOfPerson, levelWindowMs } from "@touchstone/shared/level-of-person.ts";
import { engages } from "@touchstone/shared/packet-lines.ts";
import { personName } from "@touchstone/shared/person-name.ts";
import { canonicalOf, rolesUnder, type TaxonomyKey } from "@touchstone/shared/role-taxonomies.ts";
import { seniorityOf } from "@touchstone/shared/seniority-of.ts";
import { type SignalKind, signalKinds } from "@touchstone/shared/signal-kinds.ts";
import type { TierTraits } from "@touchstone/shared/tier-traits.ts";
import type { Context } from "../../context.ts";
import { type CommitteeMember, readMembers, readPlaces } from "../../db/committees.ts";
import { readLinkedRecords } from "../../db/linked-records.ts";
import { readSetting, taxonomySetting } from "../../db/portal-settings.ts";
import { readSignalTraces, type SignalTrace } from "../../db/programme-facts.ts";
import { type RecentSignal, readNewestOfPeople } from "../../db/recent-signals.ts";
import { readTierOf } from "../../db/tier-of.ts";
import { readTierTraits } from "../../db/tier-traits.ts";
import { findWarnings } from "./find-warnings.ts";
import { personForm, personValues } from "./person-form.ts";
import { placeForm, placeLines } from "./place-form.ts";
import { suggestRoles } from "./suggest-roles.ts";

type Properties = Readonly<Record<string, string | null>>;

/** The committee of an account: its people with roles and levels, what is covered, who is missing, and what to mind. */
export async function getCommittee(
  ctx: Pick<Context, "db" | "now">,
  portalId: PortalId,
  accountId: AccountId,
): Promise<CommitteeView> {
  const [{ value: taxonomy }, members, places, tier, tiers, contacts, deals] = await Promise.all([
    readSetting(ctx.db, portalId, taxonomySetting),
    readMembers(ctx.db, portalId, accountId),
    readPlaces(ctx.db, portalId, accountId),
    readTierOf(ctx.db, portalId, accountId),
    readTierTraits(ctx.db, portalId),
    readLinkedRecords(ctx.db, portalId, "contacts", accountId),
    readLinkedRecords(ctx.db, portalId, "deals", accountId),
  ]);
  const { traces, newest } = await readSigns(ctx, portalId, [...contacts.keys()]);
  const people = [...contacts].map(([personId, properties]) =>
    toPerson(personId, properties, {
      taxonomy,
      member: members.find((one) => one.personId === personId) ?? null,
      traces: traces.get(personId) ?? [],
      newest: newest.get(personId) ?? null,
    }),
  );
  people.sort((a, b) => b.level - a.level || (a.name < b.name ? -1 : 1));
  const traits = tiers.find(({ key }) => key === tier);
  const depth = depthOf(traits);
  const named = places.flatMap((place) =>
    rolesUnder(taxonomy, [place], []).map((role) => ({ roleKey: role.key, depth: place.depth, named: place.named })),
  );
  const judged = judgeCoverage(taxonomy, depth, people.map(toHolder), named);
  return {
    companyId: accountId,
    taxonomy,
    depth,
    people,
    ...judged,
    form: personForm(taxonomy),
    placeForm: placeForm(taxonomy, depth, judged.coverage.missing),
    places: placeLines(taxonomy, named),
    warnings: findWarnings({
      engagedPeople: people.filter((person) => person.level > 0 && !isBlocker(person)).length,
      openDeal: [...deals.values()].some((deal) => dealStateOf(deal) === "open"),
      isTopAccount: traits?.ownerRequired === true,
      blockers: people.filter(isBlocker).map((person) => person.name),
      gone: people.filter((person) => person.gone !== null).map((person) => person.name),
    }),
  };
}

/** What people did within the window of levels: all of it by kind, and the last thing in words. */
async function readSigns({ db, now }: Pick<Context, "db" | "now">, portalId: PortalId, ids: readonly string[]) {
  const since = now() - levelWindowMs;
  const [traces, newest] = await Promise.all([
    readSignalTraces(db, portalId, { owner: "person", ids }, { stage: since, level: since }),
    readNewestOfPeople(db, portalId, ids, since),
  ]);
  return { traces: Map.groupBy(traces, ({ id }) => id), newest };
}

const isBlocker = (person: CommitteePersonView): boolean => person.canonicalRoles.includes("blocker");

/** Row 75; an account without a tier is mapped by category. */
const depthOf = (tier: TierTraits | undefined): MappingDepth => tier?.mappingDepth ?? "category";

interface Own {
  readonly taxonomy: TaxonomyKey;
  readonly member: CommitteeMember | null;
  readonly traces: readonly SignalTrace[];
  readonly newest: Pick<RecentSignal, "kind" | "at" | "subject"> | null;
}

function toPerson(
  personId: string,
  properties: Properties,
  { taxonomy, member, traces, newest }: Own,
): CommitteePersonView {
  const native = buyingRolesOf(properties.hs_buying_role);
  const assigned = member?.roles ?? [];
  const title = properties.jobtitle || null;
  const seniority = seniorityOf(properties);
  const roles = rolesUnder(taxonomy, assigned, native);
  const { level, reason } = levelOfPerson(traces, member?.levelJudged ?? null);
  return {
    personId,
    name: personName(properties),
    title,
    seniority,
    roles: roles.map(({ key, label, required, caresAbout }) => ({ key, label, required, caresAbout })),
    canonicalRoles: inOrder([...native, ...assigned.flatMap(canonicalOf)]),
    rolesFrom: [
      ...(native.length > 0 ? (["crm"] as const) : []),
      ...(assigned.length > 0 ? (["touchstone"] as const) : []),
    ],
    suggestions: roles.length > 0 ? [] : suggestRoles(title, seniority, taxonomy),
    answers: personValues(roles, member),
    answersNote: native.length > 0 ? `${scoredAgain} ${ownField}` : scoredAgain,
    level,
    levelReason: reason,
    influence: member?.influence ?? null,
    sentiment: member?.sentiment ?? null,
    lastTouchAt: newest?.at ?? null,
    engagedAt: newestOf(traces.filter(({ kind }) => engages(kind))),
    buyingSignal: newest ? `${wordsOf(newest.kind)}${newest.subject ? ` (${newest.subject})` : ""}` : null,
    gone: goneOf(properties.hs_email_bounce, member?.departed === true),
  };
}

const newestOf = (traces: readonly SignalTrace[]): number | null =>
  traces.length > 0 ? Math.max(...traces.map(({ lastAt }) => lastAt)) : null;

const scoredAgain = "The account is scored again at once.";
const ownField = "HubSpot’s own field Buying Role names a role too: change that one on the contact.";

const inOrder = (roles: readonly BuyingRole[]): BuyingRole[] => buyingRoles.filter((role) => roles.includes(role));

const isKnown = (kind: string): kind is SignalKind => Object.hasOwn(signalKinds, kind);
const wordsOf = (kind: string): string => (isKnown(kind) ? signalKinds[kind].label : kind.replaceAll("_", " "));
