import { describe, expect, it } from "@jest/globals";
import { importCrmSalesOpportunities } from "../../../hubspot-stand-in/seed/import-crm-sales-opportunities.ts";
import { writeFolder } from "./import-folder.ts";
import { allRecords, fingerprint } from "./read-seed.ts";

const files = {
  "accounts.csv": `account,sector,year_established,revenue,employees,office_location,subsidiary_of
Child Works,technolgy,1996,1100.04,2822,Philipines,Parent Works
Parent Works,marine,1999,251.4,n/a,Kenya,
Child Works,retail,2001,1,1,Spain,Nowhere
,retail,,,,,
`,
  "sales_teams.csv": "sales_agent,manager,regional_office\nMoses Frase,Dustin,Central\n",
  "products.csv": "product,series,sales_price\nGTX Pro,GTX,4821\n",
  "sales_pipeline.csv": `opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value
AAA,Moses Frase,GTXPro,Child Works,Won,10/20/2016,3/1/2017,1054
BBB,New Agent,Widget,,Engaging,11/3/2016,,
CCC,Moses Frase,GTX Pro,Ghost Works,Prospecting,,,
AAA,Moses Frase,GTX Pro,,Lost,1/2/2017,1/3/2017,0
`,
};

async function importFixture() {
  const result = await importCrmSalesOpportunities({ folder: await writeFolder(files) });
  return { ...result, records: allRecords(result.seed) };
}

describe("an import of a sales opportunities folder", () => {
  it("makes companies of accounts, with millions as money and a parent that comes later", async () => {
    const { records } = await importFixture();
    const [child, parent] = records;
    expect(child?.properties).toEqual({
      name: "Child Works",
      industry: "INFORMATION_TECHNOLOGY_AND_SERVICES",
      numberofemployees: "2822",
      annualrevenue: "1100040000",
      country: "Philippines",
      founded_year: "1996",
      hs_parent_company_id: parent?.id,
    });
    expect(child?.createdAt).toBe(Date.UTC(2016, 9, 20));
  });

  it("makes deals of opportunities, in the stages of HubSpot's pipeline, with agents as owners", async () => {
    const { records, seed } = await importFixture();
    const deals = records.filter((record) => record.type === "deals");
    expect(deals.map((deal) => deal.properties.dealstage)).toEqual([
      "closedwon",
      "qualifiedtobuy",
      "appointmentscheduled",
    ]);
    expect(deals[0]).toMatchObject({
      properties: { dealname: "Child Works · GTX Pro · AAA", amount: "1054", closedate: "2017-03-01T00:00:00.000Z" },
      links: [{ type: "companies", id: records[0]?.id, primary: true }],
      createdAt: Date.UTC(2016, 9, 20),
    });
    expect(deals[2]?.createdAt).toBe(Date.UTC(2017, 2, 1));
    expect(seed.owners.map((owner) => `${owner.firstName} ${owner.lastName}`)).toEqual(["Moses Frase", "New Agent"]);
  });

  it("reports all that it corrected, left empty or did not keep", async () => {
    const { report, counts } = await importFixture();
    expect(
      report.lines.map(({ file, line, column, problem, kept }) => `${file}:${line} ${column}: ${problem} ${kept}`),
    ).toEqual([
      "sales_teams.csv:1 null: columns that are not read true",
      "products.csv:1 null: columns that are not read true",
      "accounts.csv:2 sector: misspelt: corrected true",
      "accounts.csv:2 office_location: misspelt: corrected true",
      "accounts.csv:3 sector: sector that the table does not know: left empty true",
      "accounts.csv:3 employees: not a number: left empty true",
      "accounts.csv:4 account: account of an earlier row: not kept false",
      "accounts.csv:5 account: account without a name: not kept false",
      "sales_pipeline.csv:2 product: misspelt: corrected true",
      "sales_pipeline.csv:3 product: product that is not in products.csv: kept in the deal's name true",
      "sales_pipeline.csv:3 sales_agent: agent who is not in sales_teams.csv: made an owner true",
      "sales_pipeline.csv:3 account: deal without an account: no company linked true",
      "sales_pipeline.csv:3 close_date: empty close date: left empty true",
      "sales_pipeline.csv:3 close_value: empty close value: amount left empty true",
      "sales_pipeline.csv:4 account: association to an unknown company: left out true",
      "sales_pipeline.csv:4 engage_date: empty engage date: created at the newest date of the file true",
      "sales_pipeline.csv:4 close_date: empty close date: left empty true",
      "sales_pipeline.csv:4 close_value: empty close value: amount left empty true",
      "sales_pipeline.csv:5 opportunity_id: opportunity id of an earlier row: not kept false",
    ]);
    expect(counts).toEqual({ companies: { rows: 4, kept: 2 }, deals: { rows: 4, kept: 3 } });
  });

  it("gives the same records for the same folder", async () => {
    expect(fingerprint((await importFixture()).seed)).toBe(fingerprint((await importFixture()).seed));
  });
});
