import { spawnSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import Ajv from "ajv/dist/2020.js";
import { templateKeys } from "../../../server/scoring/load-template.ts";
import { template } from "./score-with.ts";

const run = (...args: string[]) =>
  spawnSync(process.execPath, ["server/model-tool.ts", ...args], { encoding: "utf8", timeout: 20_000 });

function write(model: object): string {
  const file = join(mkdtempSync(join(tmpdir(), "model-")), "model.json");
  writeFileSync(file, JSON.stringify(model));
  return file;
}

describe("npm run model", () => {
  it("prints a JSON Schema that accepts every template and refuses an unknown key", () => {
    const validate = new Ajv.default({ strict: false }).compile(JSON.parse(run("schema").stdout));
    for (const key of templateKeys) expect([key, validate(template(key))]).toEqual([key, true]);
    expect(validate({ ...template("readiness-10"), surprise: 1 })).toBe(false);
  });

  it("shows a template that, written to a file, has no fault and no difference", () => {
    const shown = run("show", "checklist-8");
    const file = write(JSON.parse(shown.stdout));
    expect(run("check", file).stdout).toBe("Checklist of 8 version 1 has no fault: 8 criteria.\n");
    expect(run("diff", "checklist-8", file).stdout).toBe("The two are the same.\n");
  });

  it("lists every fault and exits 1", () => {
    const bands = template("readiness-10").bands.map((band) => ({ ...band, from: band.from + 10 }));
    const result = run("check", write({ ...template("readiness-10"), bands, surprise: 1 }));
    expect(result.stderr.split("\n").slice(1, -1)).toEqual([
      "  the whole: unknown key surprise: remove or correct the spelling",
      "  bands[0].from: the first band must start at 0 and need no gate, so that every score has a band",
      "  bands[1].from: can never be reached: the model gives at most 10",
      "  bands[2].from: can never be reached: the model gives at most 10",
    ]);
    expect([result.stdout, result.status]).toEqual(["", 1]);
  });

  it("imports HubSpot's own score: the model on one output, what became of each rule on the other", () => {
    const rule = (id: string, calculation: object) => ({ id, enabled: true, configuration: { calculation } });
    const operation = { operationType: "ENUMERATION", operator: "IS_ANY_OF", values: ["Germany"] };
    const score = {
      id: "77",
      name: "Fit",
      objectTypeId: "0-2",
      groupConfigs: [
        {
          groupName: "Place",
          groupCategory: "FIT",
          ruleConfigurations: [
            rule("1", { type: "MATCH", property: "country", matchRules: [{ operation, value: 5 }] }),
            rule("2", { type: "CONSTANT", value: 1 }),
          ],
        },
      ],
    };
    const result = run("import", write(score));
    expect(run("check", write(JSON.parse(result.stdout))).stdout).toBe("Fit version 1 has no fault: 1 criterion.\n");
    expect(result.stderr).toBe(
      "Place, rule 1: imported, became rule_1 (property-map)\nPlace, rule 2: left out, gives every record the same points, which tells none from another\n",
    );
  });

  it.each([[["--help"]], [["diff", "-h"]]])("answers %j with how to use it, on the usual output", (args) => {
    const result = run(...args);
    expect([result.stdout, result.stderr, result.status]).toEqual([
      expect.stringMatching(/^Use: npm run model -- schema[\s\S]*A template is one of playbook-100, /),
      "",
      0,
    ]);
  });

  it("names the templates when there is none of the name, also where a file could be meant", () => {
    for (const args of [
      ["show", "playbok"],
      ["diff", "playbok", "readiness-10"],
    ]) {
      const result = run(...args);
      expect(result.stderr).toMatch(/^There is no template playbok\.\n[\s\S]*one of playbook-100, readiness-10, /);
      expect(result.status).toBe(1);
    }
  });

  it.each([[[]], [["check"]], [["show", "nothing"]], [["check", "no-such-file.json"]], [["diff", "readiness-10"]]])(
    "answers %j with how to use it and exits 1",
    (args) => {
      const result = run(...args);
      expect(result.stderr).toContain("Use: npm run model -- schema");
      expect(result.status).toBe(1);
    },
  );
});
