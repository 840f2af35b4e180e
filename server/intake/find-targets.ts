import { asPersonId, type PersonId, type PortalId } from "@touchstone/shared/ids.ts";
import type { Transaction } from "kysely";
import { findErased } from "../db/people.ts";
import type { Schema } from "../db/schema.ts";
import { findByDomain, findLiving } from "../db/sent-signals.ts";
import type { Target } from "./parse-sent-signal.ts";
import { personHash } from "./save-to-mirror.ts";

export type FoundTarget =
  | { readonly personId: PersonId | null; readonly accountId: string | null }
  | { readonly fault: string };

/** Looks up whom signals are about, in a fixed number of queries: the person or company that lives on under each name. */
export async function findTargets(
  trx: Transaction<Schema>,
  portalId: PortalId,
  targets: readonly Target[],
): Promise<(target: Target) => FoundTarget> {
  const named = (by: Target["by"]) => [...new Set(targets.filter((one) => one.by === by).map((one) => one.value))];
  const people = named("personId");
  const hash = (id: string) => personHash(portalId, id);
  const erased = await findErased(trx, portalId, people.map(hash));
  const living = await findLiving(trx, portalId, "contacts", people);
  const companies = await findLiving(trx, portalId, "companies", named("companyId"));
  const domains = await findByDomain(trx, portalId, named("companyDomain"));
  return ({ by, value }) => {
    if (by === "companyDomain") return ofDomain(value, domains.get(value) ?? []);
    if (by === "companyId") return ofCompany(value, companies.get(value));
    if (erased.has(hash(value).toString("hex"))) return { fault: "this person was erased: nothing about them is kept" };
    const personId = living.get(value);
    return personId === undefined
      ? { fault: `no person ${value} is known here (yet): send the line again when HubSpot has the contact` }
      : { personId: asPersonId(personId), accountId: null };
  };
}

const ofCompany = (asked: string, accountId: string | undefined): FoundTarget =>
  accountId === undefined
    ? { fault: `no company ${asked} is known here (yet): send the line again when HubSpot has it` }
    : { personId: null, accountId };

function ofDomain(domain: string, [accountId, ...others]: readonly string[]): FoundTarget {
  if (others.length === 0) return ofCompany(domain, accountId);
  return { fault: `${others.length + 1} companies have the domain ${domain}: name one by companyId` };
}
