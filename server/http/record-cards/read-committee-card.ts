import type { AccountId, PortalId } from "@touchstone/shared/ids.ts";
import type { CommitteeCardView } from "@touchstone/shared/record-cards-api.ts";
import { exclusionOf } from "../../accounts/exclusion-of.ts";
import { readAccount } from "../../accounts/get-account.ts";
import type { Context } from "../../context.ts";
import { getCommittee } from "../../programme/committee/get-committee.ts";
import { getStage } from "../../programme/stages/get-stage.ts";
import { toCommitteeRow } from "./to-committee-row.ts";

/** A card that lists more is read by nobody, and an answer stays under 200 KB. */
const mostListed = 100;

/** The committee as a table (row 78): who plays which part, what they did last, and what to say to them at this stage. */
export async function readCommitteeCard(
  ctx: Pick<Context, "db" | "now">,
  portalId: PortalId,
  accountId: AccountId,
): Promise<CommitteeCardView> {
  const [{ view }, committee, { messages, companyId: _, ...stage }] = await Promise.all([
    readAccount(ctx, portalId, accountId),
    getCommittee(ctx, portalId, accountId),
    getStage(ctx, portalId, accountId),
  ]);
  const exclusion = exclusionOf(view);
  const said = exclusion === null ? messages : [];
  const messageOf = new Map(said.map(({ personId, message }) => [personId, message]));
  const people = committee.people.map((person) => toCommitteeRow(person, messageOf));
  const named = people.filter((person) => person.roles.length > 0);
  const listed = [...named, ...people.filter((person) => person.roles.length === 0)].slice(0, mostListed);
  const { coverage, warnings } = committee;
  return {
    ...committee,
    exclusion,
    coverage: exclusion === null ? coverage : { ...coverage, missing: [] },
    warnings: exclusion === null ? warnings : [],
    people: listed,
    peopleCount: people.length,
    stage,
  };
}
