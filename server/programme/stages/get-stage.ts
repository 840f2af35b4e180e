import type { AccountStageView, MessageView } from "@touchstone/shared/account-stage.ts";
import { buyingRolesOf } from "@touchstone/shared/buying-roles-of.ts";
import type { AccountId, PortalId } from "@touchstone/shared/ids.ts";
import type { MessageMatrix } from "@touchstone/shared/message-matrix.ts";
import { personName } from "@touchstone/shared/person-name.ts";
import { canonicalOf } from "@touchstone/shared/role-taxonomies.ts";
import { roleText } from "@touchstone/shared/score-text.ts";
import { engagingKinds } from "@touchstone/shared/signal-kinds.ts";
import { stageDeal, stageOf, stageWindowMs } from "@touchstone/shared/stage-of.ts";
import type { Context } from "../../context.ts";
import { readMembers } from "../../db/committees.ts";
import { readLinkedRecords } from "../../db/linked-records.ts";
import { messagesSetting, readSetting } from "../../db/portal-settings.ts";
import { readSignalTraces } from "../../db/programme-facts.ts";
import { readListedAt } from "../../db/target-accounts.ts";

type Properties = Readonly<Record<string, string | null>>;

/** Where an account stands, for how long, and what to say to each person with a role now. */
export async function getStage(
  ctx: Pick<Context, "db" | "now">,
  portalId: PortalId,
  accountId: AccountId,
): Promise<AccountStageView> {
  const now = ctx.now();
  const since = { stage: now - stageWindowMs, level: now };
  const [listedAt, own, deals, people, members, { value: matrix }] = await Promise.all([
    readListedAt(ctx.db, portalId, accountId),
    readSignalTraces(ctx.db, portalId, { owner: "account", ids: [accountId] }, since),
    readLinkedRecords(ctx.db, portalId, "deals", accountId),
    readLinkedRecords(ctx.db, portalId, "contacts", accountId),
    readMembers(ctx.db, portalId, accountId),
    readSetting(ctx.db, portalId, messagesSetting),
  ]);
  const ofPeople = await readSignalTraces(ctx.db, portalId, { owner: "person", ids: [...people.keys()] }, since);
  const stage = stageOf(
    {
      listedAt,
      signals: [...own, ...ofPeople].filter(({ kind }) => engagingKinds.has(kind)),
      deals: [...deals.values()].map(stageDeal),
    },
    now,
  );
  const messages = [...people].flatMap(([personId, properties]) => {
    const member = members.find((one) => one.personId === personId);
    // Nobody writes to a place where the person is no more.
    if (member?.departed) return [];
    const roles = [...buyingRolesOf(properties.hs_buying_role), ...(member?.roles ?? []).flatMap(canonicalOf)];
    return messageFor(personId, properties, roles, matrix, stage.stage);
  });
  return { companyId: accountId, ...stage, messages };
}

function messageFor(
  personId: string,
  properties: Properties,
  roles: readonly (keyof typeof roleText)[],
  matrix: MessageMatrix,
  stage: keyof MessageMatrix["rows"][number]["cells"],
): MessageView[] {
  for (const role of roles) {
    const message = matrix.rows.find((row) => row.roles.includes(role))?.cells[stage];
    if (message) return [{ personId, name: personName(properties), role: roleText[role], message }];
  }
  return [];
}
