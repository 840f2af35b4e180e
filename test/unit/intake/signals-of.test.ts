import { describe, expect, it } from "@jest/globals";
import type { MirrorType } from "../../../server/intake/record-properties.ts";
import { signalsOf } from "../../../server/intake/signals-of.ts";
import { outreachOf } from "../../../shared/outreach-of.ts";

const at = Date.UTC(2026, 10, 20, 9, 30);
const iso = new Date(at).toISOString();
const day = Math.floor(at / 86_400_000);

const of = (objectType: MirrorType, properties: Record<string, string | null>, links: [string, string][] = []) =>
  signalsOf({
    objectType,
    objectId: "7",
    properties,
    links: links.map(([toType, toId]) => ({ fromId: "7", toType, toId, primary: false })),
  });
const short = (...given: Parameters<typeof of>) =>
  of(...given).map(({ key, kind, personId, accountId, at: time }) => ({ key, kind, personId, accountId, time }));

describe("a contact", () => {
  it.each([
    ["hs_email_last_open_date", "email_open"],
    ["hs_email_last_click_date", "email_click"],
    ["hs_email_last_reply_date", "email_reply"],
    ["hs_sales_email_last_replied", "email_reply"],
    ["hs_analytics_last_visit_timestamp", "page_visit"],
  ])("with %s shows one %s, with one key for person, kind and day", (property, kind) => {
    const signal = { key: `${kind}:7:${day}`, kind, personId: "7", accountId: null, time: at };
    expect(short("contacts", { [property]: iso })).toEqual([signal]);
    expect(short("contacts", { [property]: String(at) })).toEqual([signal]);
  });

  it.each([null, "", "yesterday", "0", "-5", "NaN", "1e99"])("with a time that says %j shows nothing", (time) => {
    expect(of("contacts", { hs_email_last_open_date: time, recent_conversion_date: time })).toEqual([]);
  });

  it("shows two forms of one day as two, and the same form twice as one", () => {
    const [first] = of("contacts", { recent_conversion_date: iso, recent_conversion_event_name: "Demo" });
    const [second] = of("contacts", {
      recent_conversion_date: String(at + 60_000),
      recent_conversion_event_name: "Demo",
    });
    const [again] = of("contacts", { recent_conversion_date: String(at), recent_conversion_event_name: "Demo" });
    expect(first).toMatchObject({ kind: "demo_request", source: "form", subject: "Demo" });
    expect(second?.key).not.toBe(first?.key);
    expect(again?.key).toBe(first?.key);
  });

  it("whose conversion has no name shows a form without a subject", () => {
    for (const name of [null, "", "  "])
      expect(of("contacts", { recent_conversion_date: iso, recent_conversion_event_name: name })).toMatchObject([
        { kind: "form_submission", subject: null },
      ]);
  });

  it("cuts a subject to what a snapshot takes", () => {
    const [signal] = of("contacts", { recent_conversion_date: iso, recent_conversion_event_name: "x".repeat(5_000) });
    expect(signal?.subject).toHaveLength(200);
  });

  it("on the pricing page shows a visit and a pricing visit, with the path and never the query", () => {
    const signals = of("contacts", {
      hs_analytics_last_visit_timestamp: iso,
      hs_analytics_last_url: "https://www.example.com/pricing?email=ana@example.com",
    });
    expect(signals.map((signal) => signal.kind)).toEqual(["page_visit", "pricing_page_visit"]);
    expect(signals[1]?.subject).toBe("/pricing");
    expect(JSON.stringify(signals)).not.toContain("ana@example.com");
  });

  it("on an address without a scheme never keeps the query", () => {
    const signals = of("contacts", {
      hs_analytics_last_visit_timestamp: iso,
      hs_analytics_last_url: "www.example.com/pricing?email=ana@example.com#ana",
    });
    expect(JSON.stringify(signals)).not.toContain("ana");
  });

  it.each([
    ["6", "3", 2],
    ["0", "0", 1],
    [null, null, 1],
    ["1e999", "1", 1_000_000],
    ["5", "1e999", 1],
    ["-4", "2", 1],
  ])("with %s pages in %s visits shows a visit of %d pages", (pages, visits, strength) => {
    const properties = { hs_analytics_num_page_views: pages, hs_analytics_num_visits: visits };
    expect(of("contacts", { hs_analytics_last_visit_timestamp: iso, ...properties })).toMatchObject([{ strength }]);
  });
});

describe("a meeting", () => {
  const booked = { hs_createdate: String(at - 1_000), hs_meeting_start_time: iso };
  it("shows that it was booked, for each person that takes part", () => {
    expect(
      short("meetings", booked, [
        ["contacts", "1"],
        ["contacts", "2"],
        ["companies", "9"],
      ]),
    ).toEqual(
      ["1", "2"].map((id) => ({
        key: `meeting_booked:${id}:meetings:7`,
        kind: "meeting_booked",
        personId: id,
        accountId: null,
        time: at - 1_000,
      })),
    );
  });
  it("without people shows it for its companies", () => {
    expect(short("meetings", booked, [["companies", "9"]])).toEqual([
      {
        key: "meeting_booked:account-9:meetings:7",
        kind: "meeting_booked",
        personId: null,
        accountId: "9",
        time: at - 1_000,
      },
    ]);
  });
  it.each([
    ["COMPLETED", ["meeting_booked", "meeting_held"]],
    ["SCHEDULED", ["meeting_booked"]],
    ["NO_SHOW", ["meeting_booked"]],
    ["CANCELED", []],
    ["CANCELLED", []],
    [null, ["meeting_booked"]],
  ])("with the outcome %s shows %j", (outcome, kinds) => {
    const signals = of("meetings", { ...booked, hs_meeting_outcome: outcome }, [["contacts", "1"]]);
    expect(signals.map((signal) => signal.kind)).toEqual(kinds);
  });
  it("without anybody shows nothing", () => {
    expect(of("meetings", booked)).toEqual([]);
  });
});

/** HubSpot's default outcomes, the same in every portal. */
const [connected, voicemail] = ["f240bbac-87c9-4f6e-bf70-924b57d47db7", "b2cf5968-551e-4856-9783-52b3da59a7d0"];

describe("a call", () => {
  it.each([
    ["COMPLETED", null, null, true],
    ["COMPLETED", "", "", true],
    ["COMPLETED", null, "61000", true],
    ["COMPLETED", null, "0", false],
    ["COMPLETED", connected, "61000", true],
    ["COMPLETED", connected.toUpperCase(), null, true],
    // Whoever logs a call by hand gives an outcome, and rarely how long it took.
    ["COMPLETED", connected, "0", true],
    ["COMPLETED", voicemail, "61000", false],
    ["COMPLETED", "an outcome of the portal's own", "61000", false],
    ["NO_ANSWER", null, null, false],
    // Who called knows better than the dialler.
    ["NO_ANSWER", connected, null, true],
    [null, connected, null, true],
    [null, null, "61000", false],
  ])(
    "with the status %s, the outcome %s and %s ms long, shows that somebody talked with us: %s",
    (status, outcome, duration, isTalk) => {
      const call = { hs_call_status: status, hs_call_disposition: outcome, hs_call_duration: duration };
      const signals = of("calls", { hs_timestamp: iso, ...call }, [["contacts", "1"]]);
      expect(signals.map(({ kind }) => kind)).toEqual(isTalk ? ["call_connected"] : []);
    },
  );

  it("that reached a voicemail engages nobody, and is outreach all the same", () => {
    const call = { hs_timestamp: iso, hs_call_status: "COMPLETED", hs_call_disposition: voicemail };
    expect(of("calls", call, [["contacts", "1"]])).toEqual([]);
    expect(outreachOf("calls", call)).toEqual({ at, kind: "call" });
  });
});

describe("emails and the rest", () => {
  const people: [string, string][] = [["contacts", "1"]];
  it.each([
    ["emails", { hs_timestamp: iso, hs_email_direction: "INCOMING_EMAIL" }, ["email_reply"]],
    ["emails", { hs_timestamp: iso, hs_email_direction: "EMAIL" }, []],
    ["communications", { hs_timestamp: iso }, []],
    ["deals", { createdate: iso }, []],
    ["companies", { name: "Acme" }, []],
  ] satisfies [MirrorType, Record<string, string>, string[]][])("%s %j show %j", (type, properties, kinds) => {
    expect(of(type, properties, people).map((signal) => signal.kind)).toEqual(kinds);
  });
});
