import { existsSync, readFileSync, statSync } from "node:fs";
import { describeIssues } from "@touchstone/shared/describe-issues.ts";
import { modelShape } from "@touchstone/shared/model-shape.ts";
import { type ScoringModel, scoringModelSchema } from "@touchstone/shared/scoring-model.ts";
import { z } from "zod";
import { BadRequest } from "./errors.ts";
import { hubspotScoreSchema } from "./models/hubspot-score-shape.ts";
import { importHubspotScore } from "./models/import-hubspot-score.ts";
import { asksForHelp } from "./run-tool.ts";
import { describeModelChanges } from "./scoring/describe-model-changes.ts";
import { loadTemplate, templateKeys } from "./scoring/load-template.ts";

const usage = `Use: npm run model -- schema               the JSON Schema of a model, for an editor
     npm run model -- show TEMPLATE        a template as a file to start from
     npm run model -- check FILE           every fault of a model, each with its place and remedy
     npm run model -- diff FILE FILE       what differs between two models, a sentence each
     npm run model -- import FILE          a model from HubSpot's own score configuration, and what became of each rule
A template is one of ${templateKeys.join(", ")}; diff takes one in place of a file.`;
const maxFileBytes = 4 * 1024 * 1024;

/** `npm run model`: what an admin needs to write a model by hand. Reads files, changes nothing. */
function main([command, first, second]: readonly string[]): void {
  if (asksForHelp()) print(usage);
  else if (command === "schema" && first === undefined) print(toJson(describeSchema()));
  else if (command === "show" && first !== undefined && second === undefined) print(toJson(findTemplate(first)));
  else if (command === "check" && first !== undefined && second === undefined) {
    const { name, version, criteria } = readModel(first);
    print(
      `${name} version ${version} has no fault: ${criteria.length} ${criteria.length === 1 ? "criterion" : "criteria"}.`,
    );
  } else if (command === "diff" && first !== undefined && second !== undefined) {
    const changes = describeModelChanges(findModel(first), findModel(second));
    print(changes.length === 0 ? "The two are the same." : changes.join("\n"));
  } else if (command === "import" && first !== undefined && second === undefined) importScore(first);
  else throw new BadRequest(usage);
}

/** The model on standard output, so that it can be kept; what became of the rules beside it. */
function importScore(path: string): void {
  const score = hubspotScoreSchema.safeParse(readJson(path), { reportInput: true });
  if (!score.success) throw new BadRequest(sayFaults(path, describeIssues(score.error)));
  const { model, rules, notes } = importHubspotScore(score.data);
  const lines = rules.map(({ group, rule, outcome, text }) => `${group}, rule ${rule}: ${outcome}, ${text}`);
  process.stderr.write(`${[...lines, ...notes].join("\n")}\n`);
  if (model === null) throw new BadRequest("No rule of this score can be expressed, so there is no model.");
  print(toJson(model));
}

const describeSchema = (): object => z.toJSONSchema(modelShape, { io: "input", unrepresentable: "any" });
/** A bare word is meant as a template: "no such file" would lead astray. */
const findModel = (name: string): ScoringModel =>
  /^[\w-]+$/.test(name) && !existsSync(name) ? findTemplate(name) : (loadTemplate(name) ?? readModel(name));

function findTemplate(key: string): ScoringModel {
  const model = loadTemplate(key);
  if (model === null) throw new BadRequest(`There is no template ${key}.\n${usage}`);
  return model;
}

function readModel(path: string): ScoringModel {
  const result = scoringModelSchema.safeParse(readJson(path), { reportInput: true });
  if (result.success) return result.data;
  throw new BadRequest(sayFaults(path, describeIssues(result.error)));
}

const sayFaults = (path: string, faults: readonly string[]): string =>
  `${path} has ${faults.length === 1 ? "one fault" : `${faults.length} faults`}:\n${faults.map((fault) => `  ${fault}`).join("\n")}`;

function readJson(path: string): unknown {
  try {
    if (statSync(path).size > maxFileBytes) throw new BadRequest("the file has more than 4 MB");
    return JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    throw new BadRequest(`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}\n${usage}`);
  }
}

const toJson = (value: object): string => JSON.stringify(value, null, 2);
const print = (text: string): boolean => process.stdout.write(`${text}\n`);

try {
  main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof BadRequest)) throw error;
  process.stderr.write(`${error.publicMessage}\n`);
  process.exitCode = 1;
}
