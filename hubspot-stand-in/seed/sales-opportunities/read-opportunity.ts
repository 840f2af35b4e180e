import type { ImportState } from "../csv/import-state.ts";
import type { CsvRow } from "../csv/read-csv.ts";
import type { RowNote } from "../csv/row-note.ts";
import { isoTime } from "../iso-time.ts";
import { readCells } from "./read-cells.ts";
import type { RowResult } from "./row-result.ts";

/** Stages of sales_pipeline.csv in HubSpot's default pipeline. */
const stages: ReadonlyMap<string, string> = new Map([
  ["Prospecting", "appointmentscheduled"],
  ["Engaging", "qualifiedtobuy"],
  ["Won", "closedwon"],
  ["Lost", "closedlost"],
]);

type Cells = ReturnType<typeof readCells>;

function readStage({ text, note }: Cells): string | null {
  const stage = stages.get(text("deal_stage")) ?? null;
  if (stage === null) note("deal_stage", "stage that the table does not know: left empty");
  return stage;
}

function readDates({ time, text, note }: Cells) {
  if (text("engage_date") === "") note("engage_date", "empty engage date: created at the newest date of the file");
  if (text("close_date") === "") note("close_date", "empty close date: left empty");
  return { createdAt: time("engage_date"), closeAt: time("close_date") };
}

function readCompany(state: ImportState, { text, note }: Cells): string | null {
  const name = text("account");
  if (name === "") {
    note("account", "deal without an account: no company linked");
    return null;
  }
  const [id] = state.names.companies.find(name);
  if (id === undefined) note("account", "association to an unknown company: left out");
  return id ?? null;
}

/** A row of sales_pipeline.csv as a deal. */
export function readOpportunity(
  state: ImportState,
  row: CsvRow,
  known: { agents: string[]; products: string[] },
): RowResult {
  const notes: RowNote[] = [];
  const cells = readCells(row, notes);
  const { text, note, number, corrected } = cells;
  const reference = text("opportunity_id");
  const taken = state.ids.deals.take(reference, row.line);
  if (reference === "" || "duplicateOf" in taken) {
    note(
      "opportunity_id",
      reference === "" ? "opportunity without an id: not kept" : "opportunity id of an earlier row: not kept",
    );
    return { record: null, notes };
  }
  const product = corrected("product");
  if (!known.products.includes(product))
    note("product", "product that is not in products.csv: kept in the deal's name");
  const agent = text("sales_agent");
  if (!known.agents.includes(agent)) note("sales_agent", "agent who is not in sales_teams.csv: made an owner");
  const companyId = readCompany(state, cells);
  const { createdAt, closeAt } = readDates(cells);
  const amount = number("close_value");
  if (text("close_value") === "") note("close_value", "empty close value: amount left empty");
  return {
    notes,
    record: {
      type: "deals",
      id: taken.id,
      properties: {
        dealname: [text("account"), product, reference].filter(Boolean).join(" · "),
        pipeline: "default",
        dealstage: readStage(cells),
        amount,
        closedate: closeAt === null ? null : isoTime(closeAt),
        hubspot_owner_id: agent === "" ? null : state.owners.idOf(agent),
      },
      ...(companyId === null ? {} : { links: [{ type: "companies", id: companyId, primary: true }] }),
      createdAt: createdAt ?? 0,
      updatedAt: closeAt ?? createdAt ?? 0,
    },
  };
}
