import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type {
  AddedView,
  HygieneView,
  RetentionView,
  SpotCheckView,
  TargetListView,
} from "@touchstone/shared/target-list-api.ts";
import type { SeedData } from "../../../hubspot-stand-in/seed-data.ts";
import { type ClockedWorld, startClockedWorld } from "../../support/clocked-world.ts";
import { giveTier } from "../../support/give-tier.ts";
import { companyIdAt, plainPortal } from "../../support/plain-portal.ts";

const startAt = Date.UTC(2026, 10, 3, 9);
const dayMs = 86_400_000;
const size = 140;
/** Numbers 0 to 136 stand on the list. */
const listed = 137;

describe("The target list", () => {
  let world: ClockedWorld;
  beforeAll(async () => {
    world = await startClockedWorld(seed(), startAt);
    await world.install();
    const ids = Array.from({ length: listed }, (_, index) => companyIdAt(index));
    expect(await post("/api/list/add", { source: "firmographic", accounts: ids })).toMatchObject({ added: listed });
  });
  afterAll(() => world.stop());

  it("draws 28 of 137 accounts, and the same 28 from the same seed (T19)", async () => {
    const first = await post<SpotCheckView>("/api/list/spot-check", { seed: "spring" });
    expect([first.listSize, first.accounts.length]).toEqual([137, 28]);
    world.step(dayMs);
    const again = await post<SpotCheckView>("/api/list/spot-check", { seed: "spring" });
    expect(again.accounts.map((one) => one.companyId)).toEqual(first.accounts.map((one) => one.companyId));
    const other = await post<SpotCheckView>("/api/list/spot-check", { seed: "autumn" });
    expect(other.accounts.map((one) => one.companyId)).not.toEqual(first.accounts.map((one) => one.companyId));
  });

  it("draws one spot check when it is asked for twice", async () => {
    world.step(dayMs);
    const first = await post<SpotCheckView>("/api/list/spot-check", {});
    world.step(5_000);
    expect(await post<SpotCheckView>("/api/list/spot-check", {})).toEqual(first);
  });

  it("draws one more for two people who press at once, and none for one who presses late", async () => {
    world.step(dayMs);
    const { nextSeed, drawnAt } = await post<SpotCheckView>("/api/list/spot-check", {});
    const [mine, yours] = await Promise.all([draw(nextSeed), draw(nextSeed)]);
    expect(mine).toEqual(yours);
    expect([mine.seed, mine.drawnAt > drawnAt, mine.nextSeed === nextSeed]).toEqual([nextSeed, true, false]);
    expect(mine.again).toContain(`Its seed is ${mine.nextSeed}:`);
    expect(mine.drawn).toBe(`28 of 137 accounts, drawn by tier on 6 Nov 2026 with the seed ${nextSeed}.`);
    const newer = await draw(mine.nextSeed);
    expect(await draw(nextSeed)).toEqual(newer);
  });

  it("says stop at 22 of 28 valid and proceed at 23, both with an interval that includes 80 % (T20)", async () => {
    world.step(dayMs);
    const { accounts } = await post<SpotCheckView>("/api/list/spot-check", { seed: "gate" });
    let check = await answer(accounts[0]?.companyId, "no");
    expect(check.verdict).toBe("open");
    for (const [index, { companyId }] of accounts.entries()) check = await answer(companyId, index < 6 ? "no" : "yes");
    expect(check).toMatchObject({ verdict: "stop", straddles: true, valid: { numerator: 22, denominator: 28 } });
    expect(check.text).toContain("22 of 28 (78.6 %, 95 % interval 60–90 %) are valid; stop");
    check = await answer(accounts[0]?.companyId, "yes");
    expect(check).toMatchObject({ verdict: "proceed", straddles: true, valid: { numerator: 23 } });
    expect(check.text).toContain("23 of 28 (82.1 %, 95 % interval 64–92 %) are valid; proceed");
  });

  it("finds the ICP suspect when sales keeps 49 of 100, and blocks a launch at none (T21)", async () => {
    for (let index = 0; index < 100; index++) await review(index, "reject");
    expect((await read<TargetListView>("/api/list")).retention.state).toBe("launch blocked");
    for (let index = 0; index < 49; index++) await review(index, "keep");
    expect((await read<TargetListView>("/api/list")).retention).toMatchObject({
      state: "ICP suspect",
      text: expect.stringContaining("Sales keeps 49 of 100 (49.0 %, 95 % interval 39–59 %), under half"),
      kept: { numerator: 49 },
    });
    expect(await review(49, "keep")).toMatchObject({ state: "ok", kept: { numerator: 50, denominator: 100 } });
  });

  it("keeps a reviewer's note while verdict and reason stay, shows it, and clears it when it is sent empty", async () => {
    const say = async (body: object) => {
      await post(`/api/accounts/${companyIdAt(5)}/review`, body);
      return noteOf(companyIdAt(5));
    };
    const other = { verdict: "reject", reason: "other" };
    expect(await say({ ...other, note: "Their board said no" })).toBe("Their board said no");
    expect(await say(other)).toBe("Their board said no");
    const empty = await world.ask(`/api/accounts/${companyIdAt(5)}/review`, "POST", { ...other, note: "" });
    expect([empty.status, await noteOf(companyIdAt(5))]).toEqual([400, "Their board said no"]);
    expect(await say({ verdict: "reject", reason: "constrained" })).toBeNull();
    expect(await say({ verdict: "reject", reason: "constrained", note: "until spring" })).toBe("until spring");
    expect(await say({ verdict: "reject", reason: "constrained", note: "" })).toBeNull();
  });

  it("keeps the evidence of a spot check while the answers stay, and clears it when it is sent empty", async () => {
    world.step(dayMs);
    const { accounts } = await post<SpotCheckView>("/api/list/spot-check", { seed: "evidence" });
    const companyId = accounts[0]?.companyId;
    const answers = { companyId, dataMatches: "yes", hasProblem: "no", isBuying: "unknown" };
    const say = async (body: object) => {
      const check = await post<SpotCheckView>("/api/list/spot-check/answers", { ...answers, ...body });
      return check.accounts.find((one) => one.companyId === companyId)?.evidenceUrl;
    };
    const evidenceUrl = "https://example.com/annual-report";
    expect([await say({ evidenceUrl }), await say({})]).toEqual([evidenceUrl, evidenceUrl]);
    expect(await say({ isBuying: "no" })).toBeNull();
    expect([await say({ evidenceUrl }), await say({ evidenceUrl: "" })]).toEqual([evidenceUrl, null]);
  });

  it("takes an import line by line, by id, domain or address, and refuses duplicates by registrable domain", async () => {
    const [known, fresh, twin] = [companyIdAt(3), companyIdAt(137), companyIdAt(138)];
    const accounts = [
      known,
      "https://www.company-137.co.uk/about",
      "shop.company-137.co.uk",
      twin,
      "nobody.example",
      "co.uk",
      "999",
    ];
    const answer = await post<AddedView>("/api/list/add", { source: "sales", accounts });
    expect(answer).toMatchObject({ added: 1, known: 2, rejected: 4 });
    expect(answer.lines.map(({ line, status, message }) => [line, status, message])).toEqual([
      [4, "rejected", `company ${fresh} with the domain company-137.co.uk is on the list already`],
      [5, "rejected", "no company of HubSpot has the domain nobody.example: create it there first"],
      [6, "rejected", "no company of HubSpot is called so, and it is no domain"],
      [7, "rejected", "no such company is known here (yet)"],
      [1, "known", "on the list already; it now also has the source Sales"],
      [3, "known", "on the list already; it now also has the source Sales"],
      [2, "added", expect.stringMatching(/^added, /)],
    ]);
    const page = await read<TargetListView>("/api/list");
    expect(page.accounts.find((one) => one.companyId === known)?.sources).toEqual(["firmographic", "sales"]);
    expect([page.size, page.accounts.length, page.after]).toEqual([138, 100, companyIdAt(99)]);
    expect((await read<TargetListView>(`/api/list?after=${page.after}`)).after).toBeNull();
  });

  it("takes names as HubSpot has them, and a line that is too long costs none beside it", async () => {
    const [one, two, other] = [companyIdAt(135), companyIdAt(136), companyIdAt(134)];
    world.crm.update("companies", one, { name: "Twin Works", domain: "" });
    world.crm.update("companies", two, { name: "twin works", domain: "" });
    world.crm.update("companies", other, { name: "Ødegård & Sons ", domain: "" });
    await world.settled();
    const accounts = ["x".repeat(301), "TWIN WORKS", " Ødegård & SONS", "Nobody we know"];
    const answer = await post<AddedView>("/api/list/add", { source: "research", accounts });
    expect(answer.lines.map(({ line, status, message }) => [line, status, message])).toEqual([
      [1, "rejected", "this line is empty or has more than 300 characters"],
      [2, "rejected", "2 companies are called so: name one by its domain or id"],
      [4, "rejected", "no company of HubSpot is called so, and it is no domain"],
      [3, "known", "on the list already; it now also has the source Research"],
    ]);
  });

  it("lists what asks for a decision: a tier without an owner (T26), and what nobody touched", async () => {
    const best = companyIdAt(139);
    await giveTier(world, best, "tier_2");
    const before = await read<HygieneView>("/api/list/hygiene");
    const reasons = (view: HygieneView, id: string) =>
      view.lines.filter((one) => one.companyId === id).map((one) => one.kind);
    expect(reasons(before, best)).toEqual(["no owner"]);
    await post("/api/list/add", { source: "intent", accounts: [best] });
    world.crm.update("companies", best, { hubspot_owner_id: "1" });
    await world.settled();
    expect(reasons(await read<HygieneView>("/api/list/hygiene"), best)).toEqual([]);
    world.step(15 * dayMs);
    expect(reasons(await read<HygieneView>("/api/list/hygiene"), best)).toEqual(["neglected"]);
    expect(await post("/api/list/remove", { companyIds: [best, "1"] })).toEqual({ removed: 1 });
  });

  it("answers bad requests in words and changes nothing", async () => {
    for (const [path, body] of [
      ["/api/list/add", { source: "magic", accounts: ["1"] }],
      ["/api/list/spot-check/answers", { companyId: companyIdAt(0), dataMatches: "perhaps" }],
      [`/api/accounts/${companyIdAt(0)}/review`, { verdict: "reject" }],
      [`/api/accounts/${companyIdAt(0)}/review`, { verdict: "reject", reason: "other" }],
    ] as const) {
      const refused = await world.ask(path, "POST", body);
      expect([refused.status, await refused.text()]).toEqual([400, expect.stringContaining("Nothing was changed.")]);
    }
  });

  async function read<T>(path: string): Promise<T> {
    return (await (await world.ask(path)).json()) as T;
  }

  async function post<T = object>(path: string, body: object): Promise<T> {
    const response = await world.ask(path, "POST", body);
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
    return (await response.json()) as T;
  }

  const noteOf = async (companyId: string) =>
    (await read<TargetListView>("/api/list")).accounts.find((one) => one.companyId === companyId)?.verdictNote;

  const draw = (seed: string) => post<SpotCheckView>("/api/list/spot-check", { seed });

  const answer = (companyId: string | undefined, dataMatches: string) =>
    post<SpotCheckView>("/api/list/spot-check/answers", {
      companyId,
      dataMatches,
      hasProblem: "yes",
      isBuying: "unknown",
    });

  const review = (index: number, verdict: "keep" | "reject") =>
    post<RetentionView>(`/api/accounts/${companyIdAt(index)}/review`, {
      verdict,
      ...(verdict === "reject" && { reason: "locked_in" }),
    });
});

/** All alike, out of the programme by their score, and owned by nobody; two share a registrable domain. */
function seed(): SeedData {
  const plain = plainPortal({ portalId: 4711, companies: size, peopleEach: 1, nowAt: startAt });
  const domains: Record<string, string> = {
    [companyIdAt(137)]: "company-137.co.uk",
    [companyIdAt(138)]: "www.shop.company-137.co.uk",
  };
  const records = [...plain.records].map((batch) =>
    [...batch].map((record) => {
      const domain = domains[record.id];
      return { ...record, properties: { ...record.properties, ...(domain && { domain }) } };
    }),
  );
  return { ...plain, records };
}
