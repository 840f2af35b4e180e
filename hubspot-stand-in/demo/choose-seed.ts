import { createWriteStream } from "node:fs";
import path from "node:path";
import { demoPortal } from "../seed/demo-portal.ts";
import { formatImportReport } from "../seed/format-import-report.ts";
import { importCrmSalesOpportunities } from "../seed/import-crm-sales-opportunities.ts";
import { importHubSpotCsv } from "../seed/import-hubspot-csv.ts";
import type { ImportProblem } from "../seed/import-report.ts";
import type { SeedData } from "../seed-data.ts";
import type { DemoOptions } from "./demo-options.ts";

/** The portal that the options ask for. What an import could not take as it stood is printed and kept in a file. */
export async function chooseSeed(
  options: DemoOptions,
  dataDir: string,
  say: (line: string) => void,
): Promise<SeedData> {
  const { companies, contacts, deals, salesOpportunities } = options;
  if (!companies && !contacts && !deals && !salesOpportunities) {
    return demoPortal({
      nowAt: Date.now(),
      ...(options.size ? { companies: options.size } : {}),
      ...(options.people ? { contacts: options.people } : {}),
    });
  }
  const reportFile = path.join(dataDir, "import-report.jsonl");
  const file = createWriteStream(reportFile);
  const onLine = (line: ImportProblem) => void file.write(`${JSON.stringify(line)}\n`);
  const result = salesOpportunities
    ? await importCrmSalesOpportunities({ folder: salesOpportunities, onLine })
    : await importHubSpotCsv({
        nowAt: Date.now(),
        onLine,
        ...(companies ? { companies } : {}),
        ...(contacts ? { contacts } : {}),
        ...(deals ? { deals } : {}),
      });
  await new Promise<void>((resolve) => file.end(resolve));
  for (const line of formatImportReport(result, path.relative(process.cwd(), reportFile))) say(line);
  return withSomebody(result.seed);
}

/** Somebody must allow the app, also in a portal whose files name no owner. */
function withSomebody(seed: SeedData): SeedData {
  if (seed.owners.length > 0) return seed;
  const admin = { id: "1", userId: 1, email: "demo@example.com", firstName: "Dana", lastName: "Demo" };
  return { ...seed, owners: [admin] };
}
