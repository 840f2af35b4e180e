import type { AccountSnapshot, Judgement } from "@touchstone/shared/account-snapshot.ts";
import { type AccountId, asAccountId, type PortalId } from "@touchstone/shared/ids.ts";
import type { Database } from "../db/database.ts";
import { readJudgements } from "../db/judgements.ts";
import { readLinksTo, readRecords } from "../db/records.ts";
import { readSignals } from "../db/signals.ts";
import { toSnapshot } from "./to-snapshot.ts";

/** No model looks further back than a year. */
const horizonMs = 366 * 86_400_000;

/** Snapshots of up to 100 accounts in seven queries, however many people they have. Accounts without a company are left out. */
export async function loadBatch(
  db: Database,
  portalId: PortalId,
  accountIds: readonly AccountId[],
  now: number,
): Promise<Map<AccountId, AccountSnapshot>> {
  const companies = await readRecords(db, portalId, "companies", accountIds);
  const present = accountIds.filter((id) => companies.has(id));
  const people = await loadLinked(db, portalId, "contacts", present);
  const deals = await loadLinked(db, portalId, "deals", present);
  const signals = await readSignals(db, portalId, [...people.records.keys()], present, now - horizonMs);
  const judgements = group(await readJudgements(db, portalId, present), (judgement) => judgement.accountId);
  const byPerson = group(
    signals.filter((s) => s.personId !== null),
    (signal) => signal.personId ?? "",
  );
  const byAccount = group(
    signals.filter((s) => s.personId === null),
    (signal) => signal.accountId ?? "",
  );
  return new Map(
    present.map((accountId) => {
      const own = people.of(accountId);
      const facts = {
        portalId,
        accountId: asAccountId(accountId),
        company: companies.get(accountId) ?? {},
        people: own,
        deals: deals.of(accountId),
        signals: [...(byAccount.get(accountId) ?? []), ...[...own.keys()].flatMap((id) => byPerson.get(id) ?? [])].map(
          withoutAccount,
        ),
        judgements: (judgements.get(accountId) ?? []).map(withoutAccount<Judgement>),
      };
      return [accountId, toSnapshot(facts)];
    }),
  );
}

async function loadLinked(db: Database, portalId: PortalId, type: "contacts" | "deals", accountIds: readonly string[]) {
  const links = accountIds.length > 0 ? await readLinksTo(db, portalId, type, accountIds) : [];
  const records = await readRecords(db, portalId, type, [...new Set(links.map((link) => link.fromId))]);
  const byAccount = group(links, (link) => link.toId);
  const of = (accountId: string) =>
    new Map(
      (byAccount.get(accountId) ?? []).flatMap(({ fromId }) => {
        const properties = records.get(fromId);
        return properties ? [[fromId, properties] as const] : [];
      }),
    );
  return { records, of };
}

/** Which account a row belongs to is told by the snapshot that it goes into. */
function withoutAccount<T>(row: T & { accountId: string | null }): T {
  const { accountId, ...rest } = row;
  void accountId;
  return rest as T;
}

function group<T>(items: readonly T[], key: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const list = groups.get(key(item));
    if (list) list.push(item);
    else groups.set(key(item), [item]);
  }
  return groups;
}
