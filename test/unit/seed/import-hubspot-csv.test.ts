import { truncate } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { formatImportReport } from "../../../hubspot-stand-in/seed/format-import-report.ts";
import { importHubSpotCsv } from "../../../hubspot-stand-in/seed/import-hubspot-csv.ts";
import type { ImportProblem } from "../../../hubspot-stand-in/seed/import-report.ts";
import { writeFolder } from "./import-folder.ts";
import { allRecords, fingerprint, nowAt } from "./read-seed.ts";

type Files = Partial<Record<"companies" | "contacts" | "deals", string | Uint8Array>>;

async function importFiles(files: Files, onLine?: (line: ImportProblem) => void) {
  const folder = await writeFolder(
    Object.fromEntries(Object.entries(files).map(([type, content]) => [`${type}.csv`, content])),
  );
  const paths = Object.fromEntries(Object.keys(files).map((type) => [type, join(folder, `${type}.csv`)]));
  const result = await importHubSpotCsv({ ...paths, nowAt, ...(onLine ? { onLine } : {}) });
  return { ...result, folder, records: allRecords(result.seed), problems: result.report.lines };
}

const companies = `Record ID,Company name,Company Domain Name,Industry,Number of Employees,Annual Revenue,Country/Region,Company owner,Create Date,Favourite colour
101,Brightmere Software,brightmere.example,Computer Software,480,72000000,United States,Maya Thornbury,2025-01-31 09:15,blue
102,"Tallow, Moor & Sons",https://www.tallowmoor.example/about,Arts & Crafts,about 50,"1,200,000",Deutchland,maya.thornbury@larkfield.example,2025-02-30,
`;
const contacts = `Record ID - Contact,First Name,Last Name,Email,Job Title,Buying Role,Associated Company IDs (Primary),Associated Company IDs,Associated Company,Create Date
501,Ana,Ruiz,Ana.Ruiz@brightmere.example,CTO,Decision Maker;Champion,101,101;102,Brightmere Software,2025-03-01
502,Omar,Haddad,not an address,,King,,,"Tallow, Moor & Sons",2025-03-01
503,Jo,,ana.ruiz@brightmere.example,,,999,,,2025-03-01
`;
const deals = `Record ID,Deal Name,Deal Stage,Pipeline,Amount,Close Date,Create Date,Associated Company,Associated Contact
901,Platform,Closed Won (Sales Pipeline),Sales Pipeline,"1.200,50",13/04/2026,2026-01-02,Brightmere Software,Ana Ruiz (ana.ruiz@brightmere.example)
902,Extension,Being pondered,Sales Pipeline,,03/04/2026,2026-01-02,Nobody Ltd,
`;

describe("an import of HubSpot's CSV exports", () => {
  it("reads labels as HubSpot's internal names and values", async () => {
    const { records } = await importFiles({ companies, contacts, deals });
    const [brightmere] = records;
    expect(brightmere).toEqual({
      type: "companies",
      id: "101",
      properties: {
        name: "Brightmere Software",
        domain: "brightmere.example",
        industry: "COMPUTER_SOFTWARE",
        numberofemployees: "480",
        annualrevenue: "72000000",
        country: "United States",
        hubspot_owner_id: "800001",
      },
      createdAt: Date.UTC(2025, 0, 31, 9, 15),
      updatedAt: Date.UTC(2025, 0, 31, 9, 15),
    });
    expect(records.find((record) => record.id === "501")).toMatchObject({
      properties: { hs_buying_role: "DECISION_MAKER;CHAMPION", email: "ana.ruiz@brightmere.example", jobtitle: "CTO" },
      links: [
        { type: "companies", id: "101", primary: true },
        { type: "companies", id: "102", primary: false },
      ],
    });
    expect(records.find((record) => record.id === "901")).toMatchObject({
      properties: {
        dealstage: "closedwon",
        pipeline: "default",
        amount: "1200.50",
        closedate: "2026-04-13T00:00:00.000Z",
      },
      links: [
        { type: "companies", id: "101", primary: true },
        { type: "contacts", id: "501" },
      ],
    });
  });

  it("reports every value that it could not take, with file, line and column, and keeps the row", async () => {
    const { problems } = await importFiles({ companies, contacts, deals });
    const told = problems.map(
      ({ file, line, column, problem, kept }) => `${file}:${line} ${column}: ${problem} ${kept}`,
    );
    expect(told).toEqual([
      "companies.csv:1 null: columns that are not read true",
      "companies.csv:3 Company Domain Name: domain in another spelling: read true",
      "companies.csv:3 Number of Employees: not a number: left empty true",
      "companies.csv:3 Annual Revenue: number in another spelling: read true",
      "companies.csv:3 Create Date: not a date: left empty true",
      "contacts.csv:3 Email: not an email address: left empty true",
      "contacts.csv:3 Buying Role: not one of the property's options: left out true",
      "contacts.csv:4 Email: address of an earlier contact: left empty true",
      "contacts.csv:4 Associated Company IDs (Primary): association to an unknown company: left out true",
      "deals.csv:2 Amount: number in another spelling: read true",
      "deals.csv:3 Deal Stage: not one of the property's options: left out true",
      "deals.csv:3 Close Date: day and month could be swapped: read as month first true",
      "deals.csv:3 Associated Company: association to an unknown company: left out true",
    ]);
    expect(problems[0]?.value).toBe("Favourite colour");
  });

  it("keeps a row without id under a made one, and not a row that says nothing or repeats an id", async () => {
    const { records, problems, counts } = await importFiles({
      companies: "Record ID,Company name,City\n,Nameless Id,Leeds\n7,One,\n7,Two,\n,,Leeds\n1.2E+10,Excel,\n",
    });
    expect(records.map((record) => record.properties.name)).toEqual(["Nameless Id", "One", "Excel"]);
    expect(counts.companies).toEqual({ rows: 5, kept: 3 });
    expect(problems.slice(1).map(({ line, problem, kept }) => [line, problem, kept])).toEqual([
      [2, "no record id of HubSpot: one was made", true],
      [4, "record id of an earlier row: not kept", false],
      [5, "row has no id and no name: not kept", false],
      [6, "no record id of HubSpot: one was made", true],
    ]);
  });

  it("links by name to the first of several and says so", async () => {
    const { records, problems } = await importFiles({
      companies: "Record ID,Company name\n1,Twin\n2,TWIN\n",
      contacts: "Record ID,First Name,Associated Company\n9,Ana,twin\n",
    });
    expect(records.at(-1)?.links).toEqual([{ type: "companies", id: "1", primary: true }]);
    expect(problems.at(-1)).toMatchObject({
      problem: "several companies have this name: linked to the first",
      note: "record 1",
    });
  });

  it("reads BOM, CRLF, semicolons, tabs, quoted newlines and internal names", async () => {
    const semicolons = await importFiles({
      companies: '\uFEFFhs_object_id;name;description\r\n1;Eins;"two\r\nlines"\r\n2;Zwei;\r\nx;Drei;\r\n',
    });
    expect(semicolons.records.map((record) => record.properties.name)).toEqual(["Eins", "Zwei", "Drei"]);
    expect(semicolons.records[0]?.properties.description).toBe("two\r\nlines");
    expect(semicolons.problems.at(-1)).toMatchObject({ line: 5, value: "x" });
    const tabs = await importFiles({ companies: "RECORD ID\tcompany NAME\n1\tTabs, really\n" });
    expect(tabs.records[0]?.properties.name).toBe("Tabs, really");
  });

  it("falls back to Windows-1252, says so, and reads UTF-16", async () => {
    const latin = await importFiles({
      companies: Buffer.from("Record ID,Company name\n1,Caf\u00e9 M\u00fcller\n", "latin1"),
    });
    expect(latin.records[0]?.properties.name).toBe("Café Müller");
    expect(latin.problems[0]?.problem).toBe("file is not UTF-8: read as Windows-1252");
    const wide = await importFiles({ companies: Buffer.from("\uFEFFRecord ID\tCompany name\n1\tŁódź\n", "utf16le") });
    expect(wide.records[0]?.properties.name).toBe("Łódź");
  });

  it("reports rows of another length and a quote that never closes", async () => {
    const { records, problems } = await importFiles({
      companies: 'Record ID,Company name\n1\n2,Two,extra\n3,"open\n4,Four\n',
    });
    expect(records.map((record) => record.id)).toEqual(["1", "2"]);
    expect(problems.slice(1).map(({ line, problem }) => [line, problem])).toEqual(
      expect.arrayContaining([
        [2, "row has fewer cells than the header: the rest is empty"],
        [3, "row has more cells than the header: the rest is not read"],
        [4, "a quote is opened and not closed: nothing from here on is read"],
      ]),
    );
  });

  it("gives the same records and report for the same files, and every line to the listener", async () => {
    const heard: ImportProblem[] = [];
    const [one, two] = [
      await importFiles({ companies, contacts, deals }, (line) => heard.push(line)),
      await importFiles({ companies, contacts, deals }),
    ];
    expect(fingerprint(one.seed)).toBe(fingerprint(two.seed));
    expect(one.problems).toEqual(two.problems);
    expect(heard).toEqual(one.problems);
  });

  it("refuses a file above 200 MB before it reads it", async () => {
    const folder = await writeFolder({ "companies.csv": "Record ID\n" });
    await truncate(join(folder, "companies.csv"), 201 * 1024 * 1024);
    await expect(importHubSpotCsv({ companies: join(folder, "companies.csv"), nowAt })).rejects.toThrow(
      "at most 200 MB",
    );
  });
});

describe("the printed report", () => {
  it("groups by kind, shows five examples, escapes what a terminal would obey, and names the full report", async () => {
    const rows = Array.from({ length: 7 }, (_, index) => `${index + 1},Company ${index},many`).join("\n");
    const result = await importFiles({
      companies: `Record ID,Company name,Number of Employees\n${rows}\n8,\u001b[31mRed,\u001b[31m\n`,
    });
    const lines = formatImportReport(result, "report.jsonl");
    expect(lines).toContain("  8 × not a number: left empty");
    expect(lines.filter((line) => line.includes('Number of Employees "many"'))).toHaveLength(5);
    expect(lines).toContain("    and 3 more");
    expect(lines.at(-1)).toBe("  All 9 lines: report.jsonl");
    expect(lines.join("")).not.toContain("\u001b");
  });
});
