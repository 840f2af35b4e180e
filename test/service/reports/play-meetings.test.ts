import { afterAll, beforeAll, expect, it } from "@jest/globals";
import type { ReportSection } from "@touchstone/shared/reports-api.ts";
import { createSmallContext, portalId, type SmallContext } from "../small-context.ts";
import { askReport } from "./ask-report.ts";
import { reportRecords } from "./report-records.ts";

const dayMs = 86_400_000;
const now = Date.UTC(2026, 10, 22, 12);
const ago = (days: number) => now - days * dayMs;

let ctx: SmallContext;
let section: ReportSection | null;
beforeAll(async () => {
  ctx = await createSmallContext();
  ctx.clock.now = now;
  await ctx.install();
  const { company, linked, signal, play } = reportRecords(ctx.db, portalId);
  /** Days ago on which a person of the account did something, and on which a meeting was held. */
  const account = async (id: string, did: readonly number[], met: readonly number[]) => {
    await company(id, "tier_1");
    await linked("contacts", `person of ${id}`, id);
    for (const day of did) await signal({ person: `person of ${id}` }, "email_open", ago(day));
    for (const day of met) await signal({ person: `person of ${id}` }, "meeting_held", ago(day));
  };
  await account("met after 30", [50], [20]);
  await account("met after 31", [51], [20]);
  await account("met before", [70], [65]);
  await account("not met", [40], []);
  await account("met with nobody named", [40], []);
  await signal({ account: "met with nobody named" }, "meeting_held", ago(35));
  await account("silent", [], []);
  await play("First", ago(60), {
    "met after 30": ago(60),
    "met after 31": ago(60),
    "met before": ago(60),
    "met with nobody named": ago(60),
    silent: ago(60),
  });
  await play("Second", ago(45), { "met after 30": ago(45), "not met": ago(45) });
  await play("Nobody", ago(45), { silent: ago(45) });
  section = (await askReport(ctx, portalId, "plays")).section;
});
afterAll(() => ctx?.stop());

it("A play says how many engaged accounts were met within 30 days of the first engagement in it (metric 14)", () => {
  // The second play sees its shared account engage with the meeting itself. Before the launch nothing counts.
  expect(metOf("First")).toEqual(["2 of 3 (66.7 %)", "95 % interval 21–94 %, fewer than 30; 1 in another play too"]);
  expect(metOf("Second")).toEqual(["1 of 2 (50 %)", "95 % interval 9–91 %, fewer than 30; 1 in another play too"]);
  expect(metOf("Nobody")).toEqual(["n/a (0 of 0)", ""]);
});

function metOf(name: string): (string | undefined)[] {
  const cell = section?.rows.find(({ label }) => label === name)?.cells[2];
  return [cell?.value, cell?.note];
}
