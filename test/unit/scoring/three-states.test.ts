import { describe, expect, it } from "@jest/globals";
import { buildJudgement, buildPerson, buildSignal, buildSnapshot, day, now } from "./build-snapshot.ts";
import { lineOf, scoreWith } from "./score-with.ts";

const anybody = [buildPerson("1")];
const lineFor = (criterion: string, parts: Parameters<typeof buildSnapshot>[0], at = now) =>
  lineOf(scoreWith("playbook-100", buildSnapshot(parts), at), criterion);

describe("what a CRM records by itself", () => {
  it.each(["website", "content", "inbound", "response", "committee_reach", "seniority"])(
    "%s is a known zero when a person is known and nothing happened",
    (criterion) => expect(lineFor(criterion, { people: anybody }).state).toBe("zero"),
  );

  it.each(["website", "content", "inbound", "response", "committee_reach", "seniority"])(
    "%s is unknown when no person is known and nothing was ever seen",
    (criterion) => expect(lineFor(criterion, {}).state).toBe("unknown"),
  );

  it("is known without a person once the account itself was seen", () => {
    expect(lineFor("inbound", { signals: [buildSignal("page_visit", null, 200)] }).state).toBe("zero");
  });

  it("does not call the seniority of engaged people zero when it is not known", () => {
    const line = lineFor("seniority", { people: anybody, signals: [buildSignal("email_open", "1", 2)] });
    expect([line.state, line.reason]).toEqual(["unknown", "1 person engaged, of unknown seniority"]);
  });
});

describe("a property", () => {
  it.each([
    ["absent", {}],
    ["null", { numberofemployees: null }],
    ["blank", { numberofemployees: "  " }],
    ["no number", { numberofemployees: "about 50" }],
  ])("is unknown when it is %s", (_, properties) => {
    expect(lineFor("size", { properties }).state).toBe("unknown");
  });

  it.each([
    ["19", 0],
    ["20", 1],
    ["50", 3],
    ["199", 3],
    ["200", 5],
    ["1999.5", 5],
    ["2000", 3],
    ["10000", 1],
    ["50000", 0],
  ])("of %s employees gives %s: a range holds its start and not its end", (numberofemployees, points) => {
    const line = lineFor("size", { properties: { numberofemployees } });
    expect([line.points, line.state]).toEqual([points, points === 0 ? "zero" : "earned"]);
  });

  it.each([
    ["usa", 5],
    ["United states ", 5],
    ["Deutschland", 3],
    ["SINGAPORE", 1],
    ["Atlantis", 0],
  ])("finds the country %s by name or alias, in any case: %s points", (country, points) => {
    expect(lineFor("geography", { properties: { country } }).points).toBe(points);
  });
});

describe("a judgement", () => {
  const first = buildJudgement("decision_speed", "fast", { at: now - 9 * day });

  it("is unknown until somebody answers", () => {
    expect(lineFor("decision_speed", {})).toMatchObject({ state: "unknown", reason: "nobody has judged this yet" });
  });

  it("keeps who and when, and the newest answer stands", () => {
    const second = buildJudgement("decision_speed", "slow", { at: now - 2 * day, by: "78" });
    const line = lineFor("decision_speed", { judgements: [second, first] });
    expect(line).toMatchObject({ points: 1, at: now - 2 * day });
    expect(line.evidence).toMatchObject([
      { kind: "judgement", value: "slow but thorough", note: "answered by user 78" },
    ]);
  });

  it("turns unknown at its expiry and does not bring an older answer back", () => {
    const short = buildJudgement("decision_speed", "slow", { at: now - 2 * day, expiresAt: now + day });
    const judgements = [first, short];
    expect(lineFor("decision_speed", { judgements }).changesAt).toBe(now + day);
    expect(lineFor("decision_speed", { judgements }, now + day)).toMatchObject({
      state: "unknown",
      reason: "the last answer expired",
    });
  });

  it("can come from the portal's own property, and a person's answer goes first", () => {
    const properties = { touchstone_business_model: "Compatible" };
    expect(lineFor("business_model", { properties }).points).toBe(3);
    const judgements = [buildJudgement("business_model", "ideal")];
    expect(lineFor("business_model", { properties, judgements }).points).toBe(5);
  });
});

describe("a feed", () => {
  it("is unknown until a source says something, and unknown again when that is too old", () => {
    const signals = [buildSignal("topic_research", null, 10, { strength: 45 })];
    expect(lineFor("topic_research", { signals })).toMatchObject({ state: "earned", points: 4 });
    expect(lineFor("topic_research", { signals }, now + 20 * day).state).toBe("unknown");
  });

  it("can say that there is none, which is a known zero", () => {
    expect(lineFor("topic_research", { properties: { touchstone_topic_research: "none" } }).state).toBe("zero");
    expect(lineFor("topic_research", { properties: { touchstone_topic_research: "72" } }).points).toBe(7);
  });
});
