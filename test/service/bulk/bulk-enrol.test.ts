import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { type BulkChoicesView, type BulkView, bulkApi, mostBulk } from "@touchstone/shared/bulk-api.ts";
import { asPortalId } from "@touchstone/shared/ids.ts";
import type { EnrolmentsView, PlayView } from "@touchstone/shared/plays-api.ts";
import { day, read, startTiers, type TiersUnderTest } from "../tiers/tiers-under-test.ts";

const companies = ["1", "2", "3", "4", "5"];
let api: TiersUnderTest;
let first: string;
let second: string;

beforeAll(async () => {
  api = await startTiers();
  await api.setScores([...companies.map((id) => ({ id, score: 50 })), { id: "9", score: null, band: "excluded" }]);
  first = await launched("Spring wave");
  second = await made("Second wave");
});
afterAll(() => api?.stop());

describe("companies chosen in a list", () => {
  it("are enrolled line by line: what cannot be costs the others nothing", async () => {
    await enrol({ companyIds: ["1"], playId: first });
    const asked = { companyIds: ["1", "2", "9", "77", "no id", "2"], playId: first };
    const looked = await preview(asked);
    expect(looked).toMatchObject({
      title: "1 of 5 companies can be enrolled in Spring wave; 1 in it already; 3 cannot.",
      yes: "Enrol 1 company",
      counts: { done: 1, already: 1, refused: 3 },
      notes: [],
      reasonWanted: null,
    });
    expect(looked.lines.map(({ companyId, status, text }) => [companyId, status, text])).toEqual([
      ["77", "refused", "No such company is known here (yet)."],
      ["9", "refused", "It is excluded: no outreach until the reason is gone."],
      ["no id", "refused", "This is not the id of a company."],
      ["1", "already", ""],
      ["2", "done", ""],
    ]);
    expect(await enrolledIn(first)).toEqual(["1"]);
    const result = await enrol({ ...asked, since: looked.at });
    expect(result).toMatchObject({
      title: "1 of 5 companies is enrolled in Spring wave; 1 in it already; 3 refused.",
      yes: null,
    });
    expect(await enrolledIn(first)).toEqual(["1", "2"]);
  });

  it("answer the same when HubSpot sends the act twice, and one task a step is wanted", async () => {
    const asked = { companyIds: ["1", "3"], playId: first };
    const { at } = await preview(asked);
    const once = await enrol({ ...asked, since: at });
    const tasks = await countTasks(first);
    api.ctx.clock.now += 1_000;
    const twice = await enrol({ ...asked, since: at });
    expect({ ...twice, at: 0 }).toEqual({ ...once, at: 0 });
    expect(once.counts).toEqual({ done: 1, already: 1, refused: 0 });
    expect(await countTasks(first)).toBe(tasks);
    const later = await enrol({ ...asked, since: api.ctx.now() });
    expect(later.counts).toEqual({ done: 0, already: 2, refused: 0 });
  });

  it("answer the same when the second request comes while the first is at work", async () => {
    const asked = { companyIds: ["2", "5"], playId: await made("Both at once", "tier_3") };
    const { at } = await preview(asked);
    api.ctx.clock.now += 1;
    const answers = await Promise.all([enrol({ ...asked, since: at }), enrol({ ...asked, since: at })]);
    expect(answers.map(({ counts }) => counts)).toEqual(Array(2).fill({ done: 2, already: 0, refused: 0 }));
    expect(await enrolledIn(asked.playId)).toEqual(["2", "5"]);
  });

  it("are refused a second play of their tier and month, and come in with a reason that is kept (T23)", async () => {
    const asked = { companyIds: ["1", "4"], playId: second };
    const refused = await preview(asked);
    expect(refused).toMatchObject({
      counts: { done: 1, refused: 1 },
      reasonWanted: "Why 1 of them comes in all the same",
      notes: ["The play is not launched yet: its steps begin when it is."],
    });
    expect(refused.lines[0]).toMatchObject({
      companyId: "1",
      text: "In Spring wave, launched for the same tier this month: one play a tier and month, no more than sales can follow.",
    });
    const withReason = { ...asked, overrideReason: "The fair is next week" };
    const looked = await preview(withReason);
    expect(looked).toMatchObject({ counts: { done: 2, refused: 0 }, reasonWanted: null });
    await enrol({ ...withReason, since: looked.at });
    const { accounts } = await read<EnrolmentsView>(api.ask("GET", `/api/plays/${second}/accounts`));
    expect(
      accounts.map(({ companyId, status, statusWhy, statusBy }) => [companyId, status, statusWhy, statusBy]),
    ).toEqual([
      ["1", "active", "The fair is next week", "77"],
      ["4", "active", null, null],
    ]);
  });

  it("may come into a play of their tier again in the next month", async () => {
    const playId = await made("Next month");
    api.ctx.clock.now += 32 * day;
    const { counts } = await preview({ companyIds: ["1", "2"], playId });
    expect(counts).toEqual({ done: 2, already: 0, refused: 0 });
  });

  it("that have left a play for good stay out of it", async () => {
    await api.ask("POST", `/api/plays/${first}/accounts/3`, { move: "leave", note: "They asked us to stop" });
    const { lines } = await enrol({ companyIds: ["3"], playId: first });
    expect(lines).toMatchObject([{ status: "refused", text: "It has left the play for good." }]);
  });

  it("are taken up to the bound, and the others are said to be left as they are", async () => {
    const many = Array.from({ length: mostBulk + 12 }, (_one, index) => String(10_000 + index));
    const answer = await api.ask("POST", bulkApi.previewEnrol, { companyIds: ["5", ...many], playId: first });
    const view: BulkView = JSON.parse(answer.text);
    expect(view.lines).toHaveLength(mostBulk);
    expect(view.counts).toEqual({ done: 1, already: 0, refused: mostBulk - 1 });
    expect(view.notes).toEqual(["One act takes 500 companies: these are the first, 13 others were left as they are."]);
    expect(answer.text.length).toBeLessThan(200_000);
  });

  it("are answered in under 200 KB when all of them are refused, with names as long as they come", async () => {
    const many = Array.from({ length: mostBulk }, (_one, index) => String(20_000 + index));
    const properties = { name: "A company with a very long name ".repeat(8) };
    await api.setScores(many.map((id) => ({ id, score: 50, properties })));
    const [one, other] = [await launched("Long ".repeat(24), "tier_2"), await made("Longer ".repeat(17), "tier_2")];
    await enrol({ companyIds: many, playId: one });
    const { text } = await api.ask("POST", bulkApi.previewEnrol, { companyIds: many, playId: other });
    expect((JSON.parse(text) as BulkView).counts).toEqual({ done: 0, already: 0, refused: mostBulk });
    expect(Buffer.byteLength(text)).toBeLessThan(200_000);
  });

  it("of another portal are not known, and neither is its play", async () => {
    const other = asPortalId(5_151);
    await api.ctx.install(other);
    await api.setScores([{ id: "600", score: 50 }], other);
    const { lines } = await enrol({ companyIds: ["600"], playId: first });
    expect(lines).toMatchObject([{ company: "Company 600", text: "No such company is known here (yet)." }]);
    const foreign = await api.ask("POST", bulkApi.enrol, { companyIds: ["600"], playId: first }, { portal: other });
    expect([foreign.status, foreign.text]).toEqual([404, expect.stringContaining("There is no such play.")]);
  });

  it.each([
    ["no company", { companyIds: [] }],
    ["no list", { companyIds: "1" }],
    ["a field that is not known", { companyIds: ["1"], force: true }],
    ["a reason that is none", { companyIds: ["1"], overrideReason: " a " }],
    ["a text that no database holds", { companyIds: ["1"], overrideReason: "a\0bcd" }],
  ])("are refused with %s", async (_what, body) => {
    const { status, text } = await api.ask("POST", bulkApi.enrol, { playId: first, ...body });
    expect([status, text]).toEqual([400, expect.stringContaining("Nothing was changed.")]);
  });

  it("are refused a play that is retired", async () => {
    const playId = await launched("Old wave", "tier_3");
    await api.ask("POST", `/api/plays/${playId}/retire`, {});
    const { status, text } = await api.ask("POST", bulkApi.enrol, { playId, companyIds: ["1"] });
    expect([status, text]).toEqual([400, expect.stringContaining("retired")]);
  });

  it("are offered the plays that take somebody in, those that run first", async () => {
    const { plays } = await read<BulkChoicesView>(api.ask("GET", bulkApi.getChoices));
    const labels = plays.map((play) => play.label);
    expect(labels.slice(1, 2)).toEqual(["Spring wave (Tier 1, running)"]);
    expect(labels).toContain("Second wave (Tier 1, being written)");
    expect(labels.join()).not.toContain("Old wave");
  });
});

/** Time goes on: what was done before a preview was not done by its act. */
function preview(body: object): Promise<BulkView> {
  api.ctx.clock.now += 1;
  return read<BulkView>(api.ask("POST", bulkApi.previewEnrol, body));
}

const enrol = (body: object) => read<BulkView>(api.ask("POST", bulkApi.enrol, body));

async function made(name: string, tier = "tier_1"): Promise<string> {
  api.ctx.clock.now += 1;
  const handoff = { trigger: "two people engaged", responseHours: 24 };
  const body = { requestId: randomUUID(), template: "12-week", play: { name, tier, handoff } };
  return (await read<PlayView>(api.ask("POST", "/api/plays", body))).playId;
}

async function launched(name: string, tier?: string): Promise<string> {
  const playId = await made(name, tier);
  await read(api.ask("POST", `/api/plays/${playId}/approve`, {}));
  await read(api.ask("POST", `/api/plays/${playId}/launch`, {}));
  return playId;
}

const enrolledIn = async (playId: string): Promise<string[]> =>
  (await read<EnrolmentsView>(api.ask("GET", `/api/plays/${playId}/accounts`))).accounts.map((one) => one.companyId);

const countTasks = async (playId: string): Promise<number> =>
  (await api.ctx.db.selectFrom("tasks").select("marker").where("play_id", "=", playId).execute()).length;
