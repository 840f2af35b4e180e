import type { PortalId } from "@touchstone/shared/ids.ts";
import { recordUrl } from "@touchstone/shared/record-url.ts";
import {
  type RejectReason,
  rejectReasons,
  type TargetAccountView,
  type TargetListView,
} from "@touchstone/shared/target-list-api.ts";
import { tierLabel } from "@touchstone/shared/tier-label.ts";
import type { TierTraits } from "@touchstone/shared/tier-traits.ts";
import type { Context } from "../../context.ts";
import { countReviews } from "../../db/former-targets.ts";
import { findPortal, type Portal } from "../../db/portals.ts";
import { countTargets, readTargetDomains, readTargets, type TargetAccount } from "../../db/target-accounts.ts";
import { readTierTraits } from "../../db/tier-traits.ts";
import { judgeRetention } from "./judge-retention.ts";
import { registrableDomain } from "./registrable-domain.ts";

const pageSize = 100;
/** A screen takes an answer of a megabyte (hubspot-api.md §3.7). */
const mostNamed = 5;

/** A page of the list, with what sales keeps of it, and accounts that share a registrable domain (row 8). */
export async function readTargetList(
  ctx: Pick<Context, "db">,
  portalId: PortalId,
  after: string | null,
): Promise<TargetListView> {
  const [{ size }, reviews, found, domains, portal, tiers] = await Promise.all([
    countTargets(ctx.db, portalId),
    countReviews(ctx.db, portalId),
    readTargets(ctx.db, portalId, after, pageSize + 1),
    readTargetDomains(ctx.db, portalId),
    findPortal(ctx.db, portalId),
    readTierTraits(ctx.db, portalId),
  ]);
  const sharing = Map.groupBy(domains, ({ domain }) => registrableDomain(domain));
  const page = found.slice(0, pageSize);
  return {
    size,
    retention: judgeRetention(reviews.kept, reviews.reviewed),
    accounts: page.map((account) => toView(account, sharing, { portal, tiers })),
    after: found.length > pageSize ? (page.at(-1)?.accountId ?? null) : null,
  };
}

function toView(
  account: TargetAccount,
  sharing: ReadonlyMap<string | null, readonly { readonly accountId: string }[]>,
  { portal, tiers }: { readonly portal: Portal | undefined; readonly tiers: readonly TierTraits[] },
): TargetAccountView {
  const { accountId, name, verdictReason, ...rest } = account;
  const domain = registrableDomain(account.domain);
  const others = (domain === null ? [] : (sharing.get(domain) ?? [])).filter((one) => one.accountId !== accountId);
  return {
    ...rest,
    companyId: accountId,
    company: name,
    tierLabel: tierLabel(tiers, account.tier),
    recordUrl: recordUrl(portal, accountId),
    verdictReason: isReason(verdictReason) ? rejectReasons[verdictReason] : null,
    duplicates: { count: others.length, companyIds: others.slice(0, mostNamed).map((one) => one.accountId) },
  };
}

const isReason = (text: string | null): text is RejectReason => text !== null && Object.hasOwn(rejectReasons, text);
