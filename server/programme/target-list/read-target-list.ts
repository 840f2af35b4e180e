import type { PortalId } from "@touchstone/shared/ids.ts";
import {
  type RejectReason,
  rejectReasons,
  type TargetAccountView,
  type TargetListView,
} from "@touchstone/shared/target-list-api.ts";
import type { Context } from "../../context.ts";
import { countTargets, readTargetDomains, readTargets, type TargetAccount } from "../../db/target-accounts.ts";
import { judgeRetention } from "./judge-retention.ts";
import { registrableDomain } from "./registrable-domain.ts";

const pageSize = 100;

/** A page of the list, with what sales keeps of it, and accounts that share a registrable domain (row 8). */
export async function readTargetList(
  ctx: Pick<Context, "db">,
  portalId: PortalId,
  after: string | null,
): Promise<TargetListView> {
  const [counts, found, domains] = await Promise.all([
    countTargets(ctx.db, portalId),
    readTargets(ctx.db, portalId, after, pageSize + 1),
    readTargetDomains(ctx.db, portalId),
  ]);
  const sharing = Map.groupBy(domains, ({ domain }) => registrableDomain(domain));
  const page = found.slice(0, pageSize);
  return {
    size: counts.size,
    retention: judgeRetention(counts.kept, counts.reviewed),
    accounts: page.map((account) => toView(account, sharing)),
    after: found.length > pageSize ? (page.at(-1)?.accountId ?? null) : null,
  };
}

function toView(
  account: TargetAccount,
  sharing: ReadonlyMap<string | null, readonly { readonly accountId: string }[]>,
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
