import type { SeedRecord } from "../../seed-data.ts";
import type { ImportState } from "./import-state.ts";
import type { ColumnMatch, LinkColumn } from "./match-columns.ts";
import type { CsvRow } from "./read-csv.ts";
import type { RowNote } from "./row-note.ts";

type Links = NonNullable<SeedRecord["links"]>;
type Target = "companies" | "contacts";

const singular = { companies: "company", contacts: "contact" } as const;

/** "Ana Ruiz (ana@brightmere.example)" is how exports write a contact. */
function findByName(state: ImportState, target: Target, text: string): readonly string[] {
  const book = state.names[target];
  const inBrackets = /\(([^()]+)\)$/.exec(text)?.[1];
  const ways = [text, ...(inBrackets ? [inBrackets, text.replace(/\s*\([^()]+\)$/, "")] : [])];
  return ways.map((way) => book.find(way)).find((ids) => ids.length > 0) ?? [];
}

/** Links of a row to companies and contacts. Ids count; names only where the row gives no ids of that type. */
export function readLinks(state: ImportState, row: CsvRow, match: ColumnMatch, notes: RowNote[]): Links {
  const partsOf = (column: LinkColumn) => {
    const title = match.links.get(column);
    const text = title === undefined ? "" : (row.cells.get(title) ?? "");
    return text
      .split(";")
      .map((part) => ({ title: title ?? column, part: part.trim() }))
      .filter(({ part }) => part !== "");
  };
  const resolve = (target: Target, idColumns: LinkColumn[], nameColumn: LinkColumn): string[] => {
    const given = idColumns.flatMap(partsOf);
    const byId = given.length > 0;
    const unknown = `association to an unknown ${singular[target]}: left out`;
    return (byId ? given : partsOf(nameColumn)).flatMap(({ title, part }) => {
      const found = byId ? [state.ids[target].find(part)].filter((id) => id !== null) : findByName(state, target, part);
      const [first] = found;
      if (first === undefined) notes.push({ column: title, value: part, problem: unknown });
      if (found.length > 1) {
        const problem = `several ${target} have this name: linked to the first`;
        notes.push({ column: title, value: part, problem, note: `record ${first}` });
      }
      return first ?? [];
    });
  };
  const companyIds = new Set(resolve("companies", ["primaryCompanyIds", "companyIds"], "companyNames"));
  const contactIds = new Set(resolve("contacts", ["contactIds"], "contactNames"));
  return [
    ...[...companyIds].map((id, index) => ({ type: "companies" as const, id, primary: index === 0 })),
    ...[...contactIds].map((id) => ({ type: "contacts" as const, id })),
  ];
}
