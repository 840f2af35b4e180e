import { describe, expect, it } from "@jest/globals";
import { demoPortal } from "../../../hubspot-stand-in/seed/demo-portal.ts";
import { showcase } from "../../../hubspot-stand-in/seed/showcase.ts";
import type { SeedRecord } from "../../../hubspot-stand-in/seed-data.ts";
import { propertiesByType } from "./property-definitions.ts";
import { allRecords, fingerprint, nowAt, ofType } from "./read-seed.ts";

const portal = demoPortal({ nowAt });
const records = allRecords(portal);
const dayMs = 86_400_000;

describe("the demo portal", () => {
  it("is the same, byte for byte, for the same seed and moment", () => {
    expect(fingerprint(demoPortal({ nowAt }))).toBe(fingerprint(portal));
    expect(fingerprint(demoPortal({ nowAt, seed: 7 }))).not.toBe(fingerprint(portal));
  });

  it("can be read twice", () => {
    expect(allRecords(portal)).toEqual(records);
  });

  it("has 300 companies, 2,500 people, 400 deals and eight owners", () => {
    expect(ofType(records, "companies")).toHaveLength(300);
    expect(ofType(records, "contacts")).toHaveLength(2_500);
    expect(ofType(records, "deals")).toHaveLength(400);
    expect(portal.owners).toHaveLength(8);
  });

  it("has activity of every kind in the last 90 days and meetings ahead", () => {
    const activities = records.filter((record) => !["companies", "contacts", "deals"].includes(record.type));
    expect(new Set(activities.map((record) => record.type)).size).toBe(6);
    expect(activities.length).toBeGreaterThan(500);
    for (const { createdAt } of activities) {
      expect(createdAt).toBeGreaterThan(nowAt - 91 * dayMs);
      expect(createdAt).toBeLessThanOrEqual(nowAt);
    }
    const scheduled = ofType(records, "meetings").filter(
      (record) => record.properties.hs_meeting_outcome === "SCHEDULED",
    );
    expect(scheduled.length).toBeGreaterThan(0);
    for (const { properties } of scheduled)
      expect(Date.parse(properties.hs_meeting_start_time ?? "")).toBeGreaterThan(nowAt);
  });

  it("links only to records that came before", () => {
    const seen = new Set<string>();
    for (const record of records) {
      for (const link of record.links ?? []) expect(seen).toContain(`${link.type} ${link.id}`);
      expect(seen).not.toContain(`${record.type} ${record.id}`);
      seen.add(`${record.type} ${record.id}`);
    }
  });

  it("holds only values that HubSpot's properties allow", () => {
    const wrong: string[] = [];
    for (const record of records) {
      for (const [name, value] of Object.entries(record.properties)) {
        const definition = propertiesByType[record.type as keyof typeof propertiesByType].get(name);
        if (!definition) wrong.push(`${record.type} have no property ${name}`);
        else if (value !== null && !isAllowed(definition, value)) wrong.push(`${name} cannot be ${value}`);
      }
    }
    expect([...new Set(wrong)]).toEqual([]);
  });

  it("uses each address once", () => {
    const emails = ofType(records, "contacts").flatMap((record) => record.properties.email ?? []);
    expect(new Set(emails).size).toBe(emails.length);
  });

  it("has mess: people at two companies, without title, companies without people, industry or owner", () => {
    const contacts = ofType(records, "contacts");
    const companies = ofType(records, "companies");
    const withPeople = new Set(contacts.flatMap((record) => record.links?.map((link) => link.id) ?? []));
    expect(contacts.some((record) => record.links?.length === 2)).toBe(true);
    expect(contacts.some((record) => record.properties.jobtitle === null)).toBe(true);
    expect(contacts.some((record) => record.properties.hs_buying_role?.includes("BLOCKER"))).toBe(true);
    expect(companies.some((record) => !withPeople.has(record.id))).toBe(true);
    expect(companies.some((record) => record.properties.industry === null)).toBe(true);
    expect(companies.some((record) => record.properties.country === "UK")).toBe(true);
  });

  it("tells counters and dates that agree with each other", () => {
    for (const { properties: p, createdAt } of ofType(records, "contacts")) {
      const opens = Number(p.hs_email_open ?? 0);
      expect(Number(p.hs_email_click ?? 0)).toBeLessThanOrEqual(opens);
      expect(opens).toBeLessThanOrEqual(Number(p.hs_email_delivered ?? 0));
      expect(p.hs_email_last_open_date !== undefined).toBe(opens > 0);
      expect(Number(p.hs_analytics_num_visits ?? 0)).toBeLessThanOrEqual(Number(p.hs_analytics_num_page_views ?? 0));
      if (p.recent_conversion_date)
        expect(timeOf(p.hs_analytics_last_visit_timestamp)).toBeGreaterThanOrEqual(timeOf(p.recent_conversion_date));
      if (p.hs_email_last_click_date)
        expect(timeOf(p.hs_email_last_open_date)).toBeGreaterThanOrEqual(timeOf(p.hs_email_last_click_date));
      for (const name of ["hs_email_last_open_date", "hs_analytics_last_visit_timestamp", "recent_conversion_date"]) {
        if (!p[name]) continue;
        expect(timeOf(p[name])).toBeLessThanOrEqual(nowAt);
        expect(timeOf(p[name])).toBeGreaterThan(createdAt);
      }
    }
  });

  it("names showcase companies and people that are there, whatever the seed", () => {
    const other = allRecords(demoPortal({ nowAt, seed: 99, companies: 20, contacts: 60 }));
    for (const source of [records, other]) {
      const byId = new Map(source.map((record): [string, SeedRecord] => [`${record.type} ${record.id}`, record]));
      for (const { id, name, people } of Object.values(showcase)) {
        expect(byId.get(`companies ${id}`)?.properties.name).toBe(name);
        for (const personId of Object.values(people)) {
          expect(byId.get(`contacts ${personId}`)?.links).toContainEqual({ type: "companies", id, primary: true });
        }
      }
    }
  });
});

describe("a portal of another size", () => {
  it("has exactly the asked number of companies and people, in batches of at most 1,000", () => {
    const batches = [...demoPortal({ nowAt, companies: 1_000, contacts: 10_000 }).records];
    const large = batches.flat();
    expect(ofType(large, "companies")).toHaveLength(1_000);
    expect(ofType(large, "contacts")).toHaveLength(10_000);
    for (const batch of batches) expect(batch.length).toBeLessThanOrEqual(1_000);
  });

  it("makes records only while they are read", () => {
    const [first] = demoPortal({ nowAt, companies: 100_000, contacts: 1_000_000 }).records;
    expect(first).toHaveLength(1_000);
  });

  it("refuses sizes that are none", () => {
    expect(() => demoPortal({ nowAt, companies: 100_001 })).toThrow("0 to 100000 companies");
    expect(() => demoPortal({ nowAt, contacts: 1.5 })).toThrow("0 to 1000000 contacts");
  });
});

const timeOf = (value: string | null | undefined): number => Date.parse(value ?? "");

function isAllowed({ type, options }: { type: string; options: readonly { value: string }[] }, value: string): boolean {
  if (type === "enumeration" || type === "bool")
    return value.split(";").every((part) => options.some((option) => option.value === part));
  if (type === "number") return /^-?\d+(\.\d+)?$/.test(value);
  if (type === "datetime") return new Date(value).toISOString() === value;
  return value.length > 0;
}
