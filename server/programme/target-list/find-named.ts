import type { PortalId } from "@touchstone/shared/ids.ts";
import type { Context } from "../../context.ts";
import { readRecords } from "../../db/records.ts";
import { findCompaniesByDomain, findCompaniesByName, type NamedCompany } from "../../db/target-accounts.ts";
import { registrableDomain } from "./registrable-domain.ts";

/** No line that names a company is longer. */
const longest = 300;

/** The one company that a line names, or why there is none. */
export type Found =
  | { readonly accountId: string; readonly company: string | null; readonly domain: string | null }
  | { readonly fault: string };

interface Line {
  readonly text: string;
  readonly id: string | null;
  readonly host: string | null;
  readonly domain: string | null;
}

/** Which company each line means: by its id, its domain or web address, or else by its name as HubSpot has it. */
export async function findNamed(
  ctx: Pick<Context, "db">,
  portalId: PortalId,
  texts: readonly string[],
): Promise<Found[]> {
  const lines = texts.map(toLine);
  const hosts = new Set(lines.flatMap(hostsOf));
  const [byId, byDomain] = await Promise.all([
    readRecords(
      ctx.db,
      portalId,
      "companies",
      lines.flatMap(({ id }) => id ?? []),
    ),
    findCompaniesByDomain(ctx.db, portalId, [...hosts]),
  ]);
  const found = lines.map((line): Found | null => {
    const record = line.id === null ? undefined : byId.get(line.id);
    if (line.id !== null && record)
      return { accountId: line.id, company: record.name ?? null, domain: registrableDomain(record.domain) };
    return oneOf(line, byDomain);
  });
  const unknown = lines.filter((_, index) => found[index] === null);
  const byName = await findCompaniesByName(ctx.db, portalId, [...new Set(unknown.map(({ text }) => text))]);
  return lines.map((line, index) => found[index] ?? called(line, byName.get(line.text)));
}

function toLine(given: string): Line {
  const text = given.trim();
  if (text.length > longest) return { text: "", id: null, host: null, domain: null };
  if (/^\d{1,20}$/.test(text)) return { text, id: text, host: null, domain: null };
  const host = URL.parse(text.includes("://") ? text : `https://${text}`)?.hostname.toLowerCase() ?? null;
  return { text, id: null, host, domain: registrableDomain(host) };
}

const hostsOf = ({ host, domain }: Line): string[] =>
  host === null || domain === null ? [] : [host, domain, `www.${domain}`];

function oneOf(line: Line, companies: readonly (NamedCompany & { readonly domain: string })[]): Found | null {
  const hosts = hostsOf(line);
  const own = new Map(companies.filter(({ domain }) => hosts.includes(domain)).map((one) => [one.accountId, one]));
  const [first] = own.values();
  if (!first) return null;
  if (own.size > 1) return { fault: `${own.size} companies have the domain ${line.domain}: name one by its id` };
  return { accountId: first.accountId, company: first.name, domain: line.domain };
}

function called({ text, id, domain }: Line, company: (NamedCompany & { readonly count: number }) | undefined): Found {
  if (text === "") return { fault: `this line is empty or has more than ${longest} characters` };
  if (company && company.count > 1)
    return { fault: `${company.count} companies are called so: name one by its domain or id` };
  if (company)
    return { accountId: company.accountId, company: company.name, domain: registrableDomain(company.domain) };
  if (id !== null) return { fault: "no such company is known here (yet)" };
  if (domain !== null) return { fault: `no company of HubSpot has the domain ${domain}: create it there first` };
  return { fault: "no company of HubSpot is called so, and it is no domain" };
}
