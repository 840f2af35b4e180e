import { describe, expect, it } from "@jest/globals";
import { createClock } from "../../../hubspot-stand-in/clock.ts";
import type { Change } from "../../../hubspot-stand-in/crm-data/change.ts";
import { loadSeed } from "../../../hubspot-stand-in/crm-data/load-seed.ts";
import { createPortal } from "../../../hubspot-stand-in/portal.ts";
import { createCrm } from "../../../hubspot-stand-in/portal-crm.ts";
import { crmEvents } from "../../../hubspot-stand-in/seed/crm-events.ts";
import { demoPortal } from "../../../hubspot-stand-in/seed/demo-portal.ts";
import { showcase } from "../../../hubspot-stand-in/seed/showcase.ts";
import { createSwitches } from "../../../hubspot-stand-in/switches.ts";
import { nowAt } from "./read-seed.ts";

/** The stand-in's own portal with a small seed, and every change that it would publish. */
function openPortal() {
  const changes: Change[] = [];
  const seed = demoPortal({ nowAt, companies: 20, contacts: 80 });
  const portal = createPortal(seed.portal, seed.owners, {
    clock: createClock(() => nowAt),
    switches: createSwitches(),
    searchLagMs: 0,
    publish: (_portal, change) => void changes.push(change),
  });
  loadSeed(portal, seed.records);
  return { crm: createCrm(portal, 9_001), changes };
}

function eventNamed(key: string) {
  const event = crmEvents.find((candidate) => candidate.key === key);
  if (!event) throw new Error(`There is no event ${key}.`);
  return event;
}

function play(key: string, companyId: string, options: { countersFire?: boolean; otherCompanyId?: string } = {}) {
  const { crm, changes } = openPortal();
  const result = eventNamed(key).play(crm, { companyId, nowAt, countersFire: false, ...options });
  return { crm, changes, ...result };
}

const changed = (changes: Change[], name: string) =>
  changes.filter((change) => change.kind === "propertyChange" && change.name === name);

describe("CRM events", () => {
  it("are at least sixteen, with different keys and labels", () => {
    expect(crmEvents.length).toBeGreaterThanOrEqual(16);
    expect(new Set(crmEvents.map((event) => event.key)).size).toBe(crmEvents.length);
    expect(new Set(crmEvents.map((event) => event.label)).size).toBe(crmEvents.length);
  });

  for (const event of crmEvents) {
    for (const company of ["justUnderTier2", "empty", "messy", "blocked"] as const) {
      it(`${event.key} works on the company "${company}" and names companies that exist`, () => {
        const { crm } = openPortal();
        const result = event.play(crm, { companyId: showcase[company].id, nowAt, countersFire: company === "blocked" });
        expect(result.summary).not.toBe("");
        expect(result.touchedCompanies.length).toBeGreaterThan(0);
        for (const id of result.touchedCompanies) expect(crm.get("companies", id)?.id).toBe(id);
      });
    }
  }

  it("all work one after another on one company", () => {
    const { crm } = openPortal();
    let companyId: string = showcase.lukewarm.id;
    for (const event of crmEvents) {
      const { touchedCompanies } = event.play(crm, { companyId, nowAt, countersFire: false });
      if (event.key === "merge") [companyId = companyId] = touchedCompanies;
    }
    expect(companyId).not.toBe(showcase.lukewarm.id);
  });
});

describe("a demo request", () => {
  it("is made by the company's own CTO, with a conversion and a booked meeting", () => {
    const { crm, summary } = play("demo-request", showcase.justUnderTier2.id);
    const person = crm.get("contacts", showcase.justUnderTier2.people.cto);
    expect(summary).toContain("Ana Ruiz, CTO");
    expect(person?.properties.recent_conversion_event_name).toBe("Demo request");
    expect(person?.properties.recent_conversion_date).toBe(new Date(nowAt).toISOString());
    expect(person?.properties.num_conversion_events).toBe("1");
    const [meeting = ""] = crm.linked({ type: "companies", id: showcase.justUnderTier2.id }, "meetings");
    expect(crm.get("meetings", meeting)?.properties.hs_meeting_outcome).toBe("SCHEDULED");
  });

  it("fires on conversion counters only when counters fire, and on sales activity always", () => {
    const silent = play("demo-request", showcase.justUnderTier2.id);
    expect(changed(silent.changes, "recent_conversion_date")).toHaveLength(0);
    expect(changed(silent.changes, "hs_last_sales_activity_timestamp").length).toBeGreaterThan(0);
    const loud = play("demo-request", showcase.justUnderTier2.id, { countersFire: true });
    expect(changed(loud.changes, "recent_conversion_date")).toHaveLength(1);
  });

  it("adds to the company's calculated sums once", () => {
    const { crm } = play("demo-request", showcase.justUnderTier2.id);
    expect(crm.get("companies", showcase.justUnderTier2.id)?.properties.num_conversion_events).toBe("2");
  });
});

describe("mail events", () => {
  it("open one mail ten times within an hour", () => {
    const { crm, changes } = play("ten-opens", showcase.justUnderTier2.id, { countersFire: true });
    const opens = changed(changes, "hs_email_last_open_date").map((change) =>
      Date.parse(change.kind === "propertyChange" ? change.value : ""),
    );
    expect(opens).toHaveLength(10);
    expect(Math.max(...opens) - Math.min(...opens)).toBeLessThan(3_600_000);
    expect(crm.get("contacts", showcase.justUnderTier2.people.cto)?.properties.hs_email_open).toBe("10");
  });

  it("scan every link of several people in one second", () => {
    const { crm } = play("mail-scanner", showcase.justUnderTier2.id);
    const times = Object.values(showcase.justUnderTier2.people).map(
      (id) => crm.get("contacts", id)?.properties.hs_email_last_click_date,
    );
    expect(new Set(times)).toEqual(new Set([new Date(nowAt - 1_000).toISOString()]));
  });

  it("let the blocker who is there open mails, and make one where there is none", () => {
    expect(play("blocker-opens", showcase.blocked.id).summary).toContain("Heike Brandt");
    const { crm } = play("blocker-opens", showcase.cold.id);
    const roles = crm
      .linked({ type: "companies", id: showcase.cold.id }, "contacts")
      .map((id) => crm.get("contacts", id)?.properties.hs_buying_role);
    expect(roles).toContain("BLOCKER");
  });
});

describe("record events", () => {
  it("move a person's primary company", () => {
    const { crm, touchedCompanies } = play("contact-moved", showcase.cold.id, { otherCompanyId: showcase.lukewarm.id });
    expect(touchedCompanies).toEqual([showcase.cold.id, showcase.lukewarm.id]);
    expect(crm.linked({ type: "contacts", id: showcase.cold.people.director }, "companies")).toEqual([
      showcase.lukewarm.id,
    ]);
    expect(crm.get("contacts", showcase.cold.people.director)?.properties.associatedcompanyid).toBe(
      showcase.lukewarm.id,
    );
  });

  it("merge a duplicate into a record with a new id that keeps both people", () => {
    const { crm, touchedCompanies } = play("merge", showcase.duplicateA.id, { otherCompanyId: showcase.duplicateB.id });
    const [merged = ""] = touchedCompanies;
    expect(merged).not.toBe(showcase.duplicateA.id);
    expect(crm.linked({ type: "companies", id: merged }, "contacts")).toHaveLength(2);
  });

  it("delete and erase people, and say no name of an erased one", () => {
    const deleted = play("contact-deleted", showcase.cold.id);
    expect(deleted.crm.get("contacts", showcase.cold.people.director)).toBeNull();
    const erased = play("privacy-deletion", showcase.cold.id);
    expect(erased.crm.get("contacts", showcase.cold.people.director)).toBeNull();
    expect(erased.summary).not.toContain("Nyberg");
  });

  it("win the open deal that is there", () => {
    const { crm } = play("deal-won", showcase.hot.id);
    expect(crm.get("deals", "6000000021")?.properties.dealstage).toBe("closedwon");
  });

  it("add a role to those that a person has", () => {
    const { crm } = play("role-set", showcase.customer.id);
    expect(crm.get("contacts", showcase.customer.people.coo)?.properties.hs_buying_role).toBe(
      "DECISION_MAKER;BUDGET_HOLDER;CHAMPION",
    );
  });
});
