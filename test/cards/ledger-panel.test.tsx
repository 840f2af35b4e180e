import { Panel, Tab, TableFooter, TableRow, Tabs } from "@hubspot/ui-extensions";
import { createRenderer } from "@hubspot/ui-extensions/testing";
import { describe, expect, it } from "@jest/globals";
import { LedgerPanel } from "../../hubspot-project/src/app/cards/ledger-panel.tsx";
import { createReaderFormat } from "../../shared/reader-format.ts";
import { accountView } from "./account-view.ts";
import { renderedText } from "./rendered-text.ts";

const format = createReaderFormat({ locale: "en-gb", timeZone: "Europe/Berlin" });

function openLedger() {
  const renderer = createRenderer("crm.record.tab");
  renderer.render(<LedgerPanel view={accountView()} format={format} />);
  const [priority, readiness] = renderer.findAll(Tab);
  if (priority === undefined || readiness === undefined) throw new Error("Both scores have a tab.");
  const row = (start: string) => renderedText(priority.find(TableRow, (node) => renderedText(node).startsWith(start)));
  return { renderer, priority, readiness, row };
}

describe("every point", () => {
  it("has a tab for each score, under its number", () => {
    const { renderer, priority, readiness } = openLedger();
    expect(renderer.find(Panel).props.title).toBe("Every point");
    expect(renderer.find(Tabs).props.defaultSelected).toBe("priority");
    expect([priority.props.title, readiness.props.title]).toEqual(["Priority: 17.3 of 100", "Readiness: 5 of 10"]);
  });

  it("says the rule, its points, the reason, the arithmetic, the evidence and its time", () => {
    const row = openLedger().row("Inbound interest");
    for (const part of [
      "5 of 5",
      "Asked for a demo",
      "highest of 2 = 5",
      "Ana Ruiz, CTO, asked for a demo, 20 Nov 2026",
    ]) {
      expect(row).toContain(part);
    }
    expect(row).toContain("and 2 more");
    expect(row).toContain("Changes by time alone on 20 Dec 2026, 11:30");
  });

  it("says of every gate whether it is passed, and of every action why it is due or not", () => {
    const { priority, readiness } = openLedger();
    expect(renderedText(priority)).toContain("Gates and actions");
    expect(renderedText(priority)).toContain("Not a buyer: no, company type is Prospect");
    expect(renderedText(readiness)).toContain("Ideal customer: not known, no industry is recorded");
    expect(renderedText(readiness)).toContain("Hand off: not due, 5 points, needs 6");
  });

  it("lists evidence that is worth nothing with the reason for it", () => {
    expect(openLedger().row("Inbound interest")).toContain("(0 points: looks like a mail scanner)");
  });

  it("never shows what is not known as a zero", () => {
    const { row } = openLedger();
    expect(row("Technology maturity")).toContain("Not known");
    expect(row("Technology maturity")).toContain("Not judged yet");
    expect(row("Technology maturity")).not.toMatch(/\b0\b/);
    expect(row("Website visits")).toContain("0 of 8");
  });

  it("says what a cap cut off", () => {
    expect(openLedger().row("Committee reach")).toContain("capped, was 9");
  });

  it("adds up to the number on the card, with the rounding as a line of its own", () => {
    const rows = openLedger().priority.find(TableFooter).findAll(TableRow);
    expect(rows.map(renderedText)).toEqual([
      expect.stringContaining("17.343"),
      expect.stringContaining("−0.043"),
      expect.stringContaining("17.3"),
    ]);
  });
});
