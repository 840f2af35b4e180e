import type { AccountId, PortalId } from "@touchstone/shared/ids.ts";
import type { CommitteeCardView, CommitteeRowView } from "@touchstone/shared/record-cards-api.ts";
import type { Context } from "../../context.ts";
import { getCommittee } from "../../programme/committee/get-committee.ts";
import { getStage } from "../../programme/stages/get-stage.ts";

/** A card that lists more is read by nobody, and an answer stays under 200 KB. */
const mostListed = 100;

/** The committee as a table (row 78): who plays which part, what they did last, and what to say to them at this stage. */
export async function readCommitteeCard(
  ctx: Pick<Context, "db" | "now">,
  portalId: PortalId,
  accountId: AccountId,
): Promise<CommitteeCardView> {
  const [committee, { messages, companyId: _, ...stage }] = await Promise.all([
    getCommittee(ctx, portalId, accountId),
    getStage(ctx, portalId, accountId),
  ]);
  const messageOf = new Map(messages.map(({ personId, message }) => [personId, message]));
  const people = committee.people.map(
    (person): CommitteeRowView => ({ ...person, message: messageOf.get(person.personId) ?? null }),
  );
  const hasRole = (person: CommitteeRowView) => person.roles.length > 0;
  const listed = [...people.filter(hasRole), ...people.filter((person) => !hasRole(person))].slice(0, mostListed);
  return { ...committee, people: listed, peopleCount: people.length, stage };
}
