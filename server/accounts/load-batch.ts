import type { AccountSnapshot } from "@touchstone/shared/account-snapshot.ts";
import { type AccountId, asAccountId, type PortalId } from "@touchstone/shared/ids.ts";
import { mostSignals, readCompanies, readDeals, readMembers } from "../db/account-facts.ts";
import { readAssignedRoles } from "../db/committees.ts";
import type { Database } from "../db/database.ts";
import { readJudgements } from "../db/judgements.ts";
import { type AccountFacts, toSnapshot } from "./to-snapshot.ts";

/**
 * What scoring may know of up to 100 accounts, in five queries, however many people they have; with the signals since a time.
 * Accounts without a company are left out. A function each, so that one that cannot be made does not hold up the others.
 */
export async function loadBatch(
  db: Database,
  portalId: PortalId,
  accountIds: readonly AccountId[],
  since: number,
): Promise<Map<AccountId, () => AccountSnapshot>> {
  const companies = await readCompanies(db, portalId, accountIds, since);
  const present = companies.map((company) => company.accountId);
  const members = Map.groupBy(await readMembers(db, portalId, present, since), ({ accountId }) => accountId);
  const deals = Map.groupBy(await readDeals(db, portalId, present), ({ accountId }) => accountId);
  const assigned = Map.groupBy(await readAssignedRoles(db, portalId, present), ({ accountId }) => accountId);
  const judgements = Map.groupBy(await readJudgements(db, portalId, present), ({ accountId }) => accountId);
  return new Map(
    companies.map((company) => {
      const accountId = asAccountId(company.accountId);
      const people = members.get(accountId) ?? [];
      const facts: AccountFacts = {
        portalId,
        accountId,
        company: company.properties,
        people: new Map(people.map(({ personId, properties }) => [personId, properties])),
        assignedRoles: new Map((assigned.get(accountId) ?? []).map(({ personId, roles }) => [personId, roles])),
        deals: new Map((deals.get(accountId) ?? []).map(({ dealId, properties }) => [dealId, properties])),
        signals: [company.signals, ...people.map((person) => person.signals)].flat(),
        mostSignals,
        judgements: (judgements.get(accountId) ?? []).map(({ criterion, rung, by, at, expiresAt }) => ({
          criterion,
          rung,
          by,
          at,
          expiresAt,
        })),
      };
      return [accountId, () => toSnapshot(facts)];
    }),
  );
}
