import { dealStateOf } from "@touchstone/shared/deal-state.ts";
import { asAccountId, type PortalId } from "@touchstone/shared/ids.ts";
import { judgeCoverage, toHolder } from "@touchstone/shared/judge-coverage.ts";
import type { CommitteeRowView, DealCardView } from "@touchstone/shared/record-cards-api.ts";
import { countText } from "@touchstone/shared/score-text.ts";
import { exclusionOf } from "../../accounts/exclusion-of.ts";
import { readAccount } from "../../accounts/get-account.ts";
import { toBrief } from "../../accounts/to-brief.ts";
import type { Context } from "../../context.ts";
import { readCompaniesOf, readPeopleOfDeal } from "../../db/linked-records.ts";
import { findMergedInto } from "../../db/mirror-state.ts";
import { readRecords } from "../../db/records.ts";
import { getCommittee } from "../../programme/committee/get-committee.ts";
import { getStage } from "../../programme/stages/get-stage.ts";
import { toCommitteeRow } from "./to-committee-row.ts";

type Parts = Pick<Context, "db" | "now">;

/** A deal's account, and how much of the committee stands behind this very deal. */
export async function readDealCard(ctx: Parts, portalId: PortalId, askedId: string): Promise<DealCardView> {
  const dealId = (await findMergedInto(ctx.db, portalId, "deals", askedId)) ?? askedId;
  const [records, [own], personIds] = await Promise.all([
    readRecords(ctx.db, portalId, "deals", [dealId]),
    readCompaniesOf(ctx.db, portalId, "deals", dealId),
    readPeopleOfDeal(ctx.db, portalId, dealId),
  ]);
  const deal = records.get(dealId);
  if (!deal) return { ...nothing, dealId, state: "waiting", note: waitingNote };
  if (!own) return { ...nothing, dealId, state: "alone", note: aloneNote, isOpen: dealStateOf(deal) === "open" };
  const accountId = asAccountId(own.companyId);
  const [{ view }, committee, { messages }] = await Promise.all([
    readAccount(ctx, portalId, accountId),
    getCommittee(ctx, portalId, accountId),
    getStage(ctx, portalId, accountId),
  ]);
  const exclusion = exclusionOf(view);
  const said = exclusion === null ? messages : [];
  const messageOf = new Map(said.map(({ personId, message }) => [personId, message]));
  const people = committee.people
    .filter(({ personId }) => personIds.has(personId))
    .map((person) => toCommitteeRow(person, messageOf));
  const { roles, coverage } = judgeCoverage(committee.taxonomy, "person", people.map(toHolder), []);
  return {
    dealId,
    state: "known",
    note: null,
    account: toBrief(view),
    exclusion,
    isOpen: dealStateOf(deal) === "open",
    people,
    roles,
    coverage: exclusion === null ? coverage : { ...coverage, missing: [] },
    accountCoverage: `${committee.coverage.covered} of ${countText(committee.coverage.required, "role", "roles")}`,
    warnings: dealStateOf(deal) === "open" && exclusion === null ? warningsOf(people) : [],
  };
}

const nothing = {
  account: null,
  exclusion: null,
  isOpen: false,
  people: [],
  roles: [],
  coverage: { covered: 0, required: 0, missing: [] },
  accountCoverage: "",
  warnings: [],
} as const;
const waitingNote = "Touchstone has not read this deal yet. Its account appears here in a moment.";
const aloneNote = "This deal belongs to no company. Link one to see its score and its committee.";

/** A deal that hangs by one person (row 81), that a blocker is part of (row 72), or of whose people one is gone (row 142). */
function warningsOf(people: readonly CommitteeRowView[]): string[] {
  const blockers = people.filter(({ canonicalRoles }) => canonicalRoles.includes("blocker"));
  const engaged = people.filter((person) => person.level > 0 && person.gone === null && !blockers.includes(person));
  const gone = people.filter((person) => person.gone !== null);
  const single =
    people.length === 0
      ? "Single thread: nobody is linked to this deal."
      : `Single thread: ${countText(engaged.length, "person", "people")} of this deal ${engaged.length === 1 ? "is" : "are"} engaged.`;
  return [
    ...(engaged.length < 2 ? [single] : []),
    ...(blockers.length > 0 ? [`Blocker: ${blockers.map(({ name }) => name).join(", ")}.`] : []),
    ...(gone.length > 0 ? [`Cannot be reached any more: ${gone.map(({ name }) => name).join(", ")}.`] : []),
  ];
}
