import { writeFileSync } from "node:fs";
import { goldenModels, goldenRows } from "./golden-rows.ts";

/**
 * `node test/unit/scoring/write-golden.ts`: writes the golden files anew. Only for a change of results that is meant;
 * then read the difference row by row before committing it.
 */
for (const [key, model] of Object.entries(goldenModels)) {
  writeFileSync(`test/unit/scoring/golden/${key}.txt`, `${goldenRows(model).join("\n")}\n`);
}
