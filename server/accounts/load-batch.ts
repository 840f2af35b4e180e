import type { AccountSnapshot } from "@touchstone/shared/account-snapshot.ts";
import { type AccountId, asAccountId, type PortalId } from "@touchstone/shared/ids.ts";
import { mostSignals, readAccounts, readDeals } from "../db/account-facts.ts";
import { readAssignedRoles } from "../db/committees.ts";
import type { Database } from "../db/database.ts";
import { readJudgements } from "../db/judgements.ts";
import { toSnapshot } from "./to-snapshot.ts";

/**
 * What scoring may know of some hundred accounts, in five queries, however many people they have; with the signals since a time.
 * Accounts without a company are left out. A function each, so that one that cannot be made does not hold up the others, and
 * so that no more than one is in memory at a time.
 */
export async function loadBatch(
  db: Database,
  portalId: PortalId,
  accountIds: readonly AccountId[],
  since: number,
): Promise<Map<AccountId, () => AccountSnapshot>> {
  const accounts = await readAccounts(db, portalId, accountIds, since);
  const present = accounts.map((account) => account.accountId);
  const deals = Map.groupBy(await readDeals(db, portalId, present), ({ accountId }) => accountId);
  const assigned = Map.groupBy(await readAssignedRoles(db, portalId, present), ({ accountId }) => accountId);
  const judgements = Map.groupBy(await readJudgements(db, portalId, present), ({ accountId }) => accountId);
  return new Map(
    accounts.map((account) => {
      const accountId = asAccountId(account.accountId);
      const makeSnapshot = () => {
        const people = account.people();
        return toSnapshot({
          portalId,
          accountId,
          company: account.company,
          people,
          assignedRoles: new Map(
            (assigned.get(accountId) ?? []).map(({ personId, roles, departed }) => [personId, departed ? null : roles]),
          ),
          deals: new Map((deals.get(accountId) ?? []).map(({ dealId, properties }) => [dealId, properties])),
          signals: account.signals(people),
          mostSignals,
          judgements: (judgements.get(accountId) ?? []).map(({ criterion, rung, by, at, expiresAt }) => ({
            criterion,
            rung,
            by,
            at,
            expiresAt,
          })),
        });
      };
      return [accountId, makeSnapshot];
    }),
  );
}
