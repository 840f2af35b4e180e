import { stages } from "@touchstone/shared/account-stage.ts";
import type { AccountView } from "@touchstone/shared/card-api.ts";
import type { CommitteePersonView } from "@touchstone/shared/committee-api.ts";
import { asAccountId, type PersonId, type PortalId } from "@touchstone/shared/ids.ts";
import { levelText, levelWindowMs } from "@touchstone/shared/level-of-person.ts";
import { personName } from "@touchstone/shared/person-name.ts";
import type { DatedLine, PersonCardView } from "@touchstone/shared/record-cards-api.ts";
import { signalText } from "@touchstone/shared/score-text.ts";
import { exclusionOf } from "../../accounts/exclusion-of.ts";
import { readAccount } from "../../accounts/get-account.ts";
import { toBrief } from "../../accounts/to-brief.ts";
import type { Context } from "../../context.ts";
import { readCompaniesOf } from "../../db/linked-records.ts";
import { findMergedInto } from "../../db/mirror-state.ts";
import { readPersonSignals } from "../../db/recent-signals.ts";
import { readRecords } from "../../db/records.ts";
import { getCommittee } from "../../programme/committee/get-committee.ts";
import { judgedText } from "../../programme/committee/person-form.ts";
import { getStage } from "../../programme/stages/get-stage.ts";

type Parts = Pick<Context, "db" | "now">;

const mostEvidence = 5;

/** A person's part at their account: role, level, what to say at this stage, and what they did. */
export async function readPersonCard(ctx: Parts, portalId: PortalId, askedId: PersonId): Promise<PersonCardView> {
  const personId = (await findMergedInto(ctx.db, portalId, "contacts", askedId)) ?? askedId;
  const [records, companies, signals] = await Promise.all([
    readRecords(ctx.db, portalId, "contacts", [personId]),
    readCompaniesOf(ctx.db, portalId, "contacts", personId),
    readPersonSignals(ctx.db, portalId, personId, ctx.now() - levelWindowMs, mostEvidence),
  ]);
  const properties = records.get(personId);
  const [own, ...others] = companies;
  const evidence = signals.map(
    ({ kind, at, subject }): DatedLine => ({ text: asSentence(signalText(kind), subject), at }),
  );
  const base = { ...nobody, personId, name: personName(properties), evidence };
  if (!properties) return { ...base, state: "waiting", note: waitingNote };
  if (!own) return { ...base, state: "alone", note: aloneNote };
  return {
    ...base,
    ...(await readPart(ctx, portalId, own.companyId, personId)),
    state: "member",
    alsoAt: others.flatMap(({ name }) => name ?? []),
  };
}

const nobody = {
  note: null,
  account: null,
  alsoAt: [],
  part: null,
  levelText: null,
  stage: null,
  message: null,
  messageGap: null,
  form: [],
} as const;
const waitingNote = "Touchstone has not read this person yet. The part they play appears here in a moment.";
const aloneNote = "This person belongs to no company. Link one to see the part they play there.";

async function readPart(ctx: Parts, portalId: PortalId, companyId: string, personId: string) {
  const accountId = asAccountId(companyId);
  const [{ view }, committee, { messages, companyId: _, ...stage }] = await Promise.all([
    readAccount(ctx, portalId, accountId),
    getCommittee(ctx, portalId, accountId),
    getStage(ctx, portalId, accountId),
  ]);
  const own = committee.people.find((one) => one.personId === personId) ?? null;
  const judged = own === null ? "" : judgedText(own);
  const part = own && judged !== "" ? { ...own, levelReason: `${own.levelReason} Judged: ${judged}.` } : own;
  const ready = view.state === "excluded" ? undefined : messages.find((one) => one.personId === personId);
  const message = ready?.message ?? null;
  return {
    account: toBrief(view),
    part,
    levelText: part ? levelText(part.level) : null,
    stage,
    message,
    messageGap: message === null ? gapOf(view, part, stages[stage.stage].label) : null,
    form: committee.form,
  };
}

function gapOf(view: AccountView, part: CommitteePersonView | null, stage: string): string {
  const exclusion = exclusionOf(view);
  if (exclusion !== null) return exclusion;
  if (part === null || part.canonicalRoles.length === 0) return "Give this person a role to see what to say to them.";
  return `The message matrix has nothing for this role at the stage ${stage}.`;
}

function asSentence(text: string, subject: string | null): string {
  const words = `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
  return subject === null ? words : `${words} (${subject})`;
}
