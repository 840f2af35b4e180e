import { afterEach, describe, expect, it } from "@jest/globals";
import { portalId, startInstalled, startWithWebhooks, stopAll } from "./stand-in-under-test.ts";

afterEach(stopAll);

describe("Calculated values", () => {
  it("of a loaded company are there at its first read", async () => {
    const { standIn } = await startInstalled();
    expect(standIn.crm(portalId).get("companies", "101")?.properties).toMatchObject({
      num_associated_contacts: "2",
      hs_num_contacts_with_buying_roles: "1",
      hs_num_decision_makers: "1",
      hs_num_blockers: "0",
      hs_analytics_num_page_views: "4",
      num_associated_deals: "1",
      hs_num_open_deals: "1",
      hs_total_deal_value: "1000",
    });
  });

  it("follow people, their roles and their visits", async () => {
    const { standIn } = await startInstalled();
    const crm = standIn.crm(portalId);
    crm.update("contacts", "202", { hs_buying_role: "BLOCKER;DECISION_MAKER" });
    crm.updateSilently("contacts", "201", {
      hs_analytics_num_page_views: "3",
      recent_conversion_date: "2026-09-01T10:00:00.000Z",
      recent_conversion_event_name: "Demo request",
      num_conversion_events: "2",
    });
    crm.associate({ type: "contacts", id: "203" }, { type: "companies", id: "101" });
    expect(crm.get("companies", "101")?.properties).toMatchObject({
      num_associated_contacts: "3",
      hs_num_decision_makers: "2",
      hs_num_blockers: "1",
      hs_analytics_num_page_views: "7",
      num_conversion_events: "2",
      recent_conversion_event_name: "Demo request",
    });
    crm.delete("contacts", "201");
    expect(crm.get("companies", "101")?.properties).toMatchObject({
      num_associated_contacts: "2",
      hs_num_decision_makers: "1",
    });
  });

  it("follow deals and their stages", async () => {
    const { standIn } = await startInstalled({ now: () => Date.UTC(2026, 8, 1) });
    const crm = standIn.crm(portalId);
    crm.update("deals", "301", { dealstage: "closedwon", closedate: "2026-01-15T00:00:00.000Z" });
    expect(crm.get("deals", "301")?.properties).toMatchObject({
      hs_is_closed: "true",
      hs_is_closed_won: "true",
      days_to_close: "10",
      hs_v2_date_entered_closedwon: "2026-09-01T00:00:00.000Z",
    });
    expect(crm.get("companies", "101")?.properties).toMatchObject({
      hs_num_open_deals: "0",
      total_revenue: "1000",
      recent_deal_amount: "1000",
    });
    crm.update("deals", "301", { dealstage: "closedlost" });
    expect(crm.get("deals", "301")?.properties).toMatchObject({
      hs_is_closed_won: "false",
      hs_is_closed_lost: "true",
      hs_closed_won_date: null,
    });
  });

  it.each([false, true])("with calculatedSendsWebhooks %s are sent or not", async (calculatedSendsWebhooks) => {
    const names = ["hs_num_decision_makers", "hs_email_last_open_date"];
    const subscriptions = [
      { subscriptionType: "company.propertyChange", propertyName: names[0] ?? "" },
      { subscriptionType: "contact.propertyChange", propertyName: names[1] ?? "" },
    ];
    const { standIn, receiver } = await startWithWebhooks(subscriptions, { switches: { calculatedSendsWebhooks } });
    const crm = standIn.crm(portalId);
    crm.get("companies", "101");
    crm.update("contacts", "202", { hs_buying_role: "DECISION_MAKER" });
    crm.updateSilently("contacts", "202", { hs_email_last_open_date: "2026-09-01T10:00:00.000Z" });
    await standIn.webhooks.settled();
    const heard = receiver.events().map(({ propertyName, propertyValue }) => [propertyName, propertyValue]);
    const all = [
      ["hs_num_decision_makers", "2"],
      ["hs_email_last_open_date", "2026-09-01T10:00:00.000Z"],
    ];
    expect(heard).toEqual(calculatedSendsWebhooks ? all : []);
  });
});
