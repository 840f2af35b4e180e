import type { PortalId } from "@touchstone/shared/ids.ts";
import {
  type RejectReason,
  rejectReasons,
  type TargetAccountView,
  type TargetListView,
} from "@touchstone/shared/target-list-api.ts";
import type { Context } from "../../context.ts";
import { countTargets, mostTargets, readTargets, type TargetAccount } from "../../db/target-accounts.ts";
import { judgeRetention } from "./judge-retention.ts";
import { registrableDomain } from "./registrable-domain.ts";

const pageSize = 100;

/** A page of the list, with what sales keeps of it, and accounts that share a registrable domain (row 8). */
export async function readTargetList(
  ctx: Pick<Context, "db">,
  portalId: PortalId,
  after: string | null,
): Promise<TargetListView> {
  const [counts, all] = await Promise.all([
    countTargets(ctx.db, portalId),
    readTargets(ctx.db, portalId, null, mostTargets),
  ]);
  const sharing = Map.groupBy(all, (account) => registrableDomain(account.domain));
  const page = all.filter((account) => after === null || account.accountId > after).slice(0, pageSize);
  const last = page.at(-1)?.accountId ?? null;
  return {
    size: counts.size,
    retention: judgeRetention(counts.kept, counts.reviewed),
    accounts: page.map((account) => toView(account, sharing)),
    after: last !== null && last !== all.at(-1)?.accountId ? last : null,
  };
}

function toView(
  account: TargetAccount,
  sharing: ReadonlyMap<string | null, readonly TargetAccount[]>,
): TargetAccountView {
  const { accountId, name, verdictReason, ...rest } = account;
  const domain = registrableDomain(account.domain);
  const same = domain === null ? [] : (sharing.get(domain) ?? []);
  return {
    ...rest,
    companyId: accountId,
    company: name,
    verdictReason: isReason(verdictReason) ? rejectReasons[verdictReason] : null,
    duplicates: same.flatMap((other) => (other.accountId === accountId ? [] : [other.accountId])),
  };
}

const isReason = (text: string | null): text is RejectReason => text !== null && Object.hasOwn(rejectReasons, text);
