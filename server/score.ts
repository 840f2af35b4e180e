import { existsSync, readFileSync, statSync } from "node:fs";
import { parseArgs } from "node:util";
import { accountSnapshotSchema } from "@touchstone/shared/account-snapshot-schema.ts";
import { describeIssues } from "@touchstone/shared/describe-issues.ts";
import { type ScoringModel, scoringModelSchema } from "@touchstone/shared/scoring-model.ts";
import type { z } from "zod";
import { BadRequest } from "./errors.ts";
import { asksForHelp } from "./run-tool.ts";
import { compileModel } from "./scoring/compile-model.ts";
import { loadTemplate, templateKeys } from "./scoring/load-template.ts";
import { scoreAccount } from "./scoring/score-account.ts";

/**
 * `npm run score -- --model M --account FILE [--at TIME]`: scores one snapshot with the code of the server and prints the
 * ledger as JSON. `M` is a template or a model file; TIME is ISO 8601 or milliseconds, by default the present.
 */
const usage = `Use: npm run score -- --model TEMPLATE|FILE.json --account FILE.json [--at TIME]
A template is one of ${templateKeys.join(", ")}.
TIME is as 2026-11-22T10:00:00Z or in milliseconds; without it the present.`;
const maxFileBytes = 64 * 1024 * 1024;

function main(): void {
  if (asksForHelp()) return void process.stdout.write(`${usage}\n`);
  const { model, account, at } = readArguments();
  const compiled = compileModel(findModel(model));
  const snapshot = readFile(account, "account", accountSnapshotSchema);
  process.stdout.write(`${JSON.stringify(scoreAccount(snapshot, compiled, at), null, 2)}\n`);
}

function findModel(name: string): ScoringModel {
  const template = loadTemplate(name);
  if (template) return template;
  // A bare word is meant as a template: "no such file" would lead astray.
  if (/^[\w-]+$/.test(name) && !existsSync(name)) throw new BadRequest(`There is no template ${name}.\n${usage}`);
  return readFile(name, "model", scoringModelSchema);
}

function readArguments(): { model: string; account: string; at: number } {
  const text = { type: "string" } as const;
  const { model, account, at } = parse({ model: text, account: text, at: text });
  if (model === undefined || account === undefined) throw new BadRequest(`--model and --account are needed.\n${usage}`);
  return { model, account, at: at === undefined ? Date.now() : readTime(at) };
}

function parse(options: Record<"model" | "account" | "at", { type: "string" }>) {
  try {
    return parseArgs({ options }).values;
  } catch (error) {
    throw new BadRequest(`${messageOf(error)}\n${usage}`);
  }
}

function readTime(text: string): number {
  const at = /^\d+$/.test(text) ? Number(text) : Date.parse(text);
  if (!Number.isSafeInteger(at))
    throw new BadRequest(`--at ${text} is no time: give 2026-11-22T10:00:00Z or milliseconds`);
  return at;
}

function readFile<Schema extends z.ZodType>(path: string, option: string, schema: Schema): z.output<Schema> {
  const result = schema.safeParse(readJson(path, option), { reportInput: true });
  if (result.success) return result.data;
  const faults = describeIssues(result.error).map((fault) => `  ${fault}`);
  throw new BadRequest(`--${option} ${path} cannot be used:\n${faults.join("\n")}`);
}

function readJson(path: string, option: string): unknown {
  try {
    if (statSync(path).size > maxFileBytes) throw new BadRequest("the file has more than 64 MB");
    return JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    throw new BadRequest(`--${option} ${path} cannot be read: ${messageOf(error)}\n${usage}`);
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

try {
  main();
} catch (error) {
  if (!(error instanceof BadRequest)) throw error;
  process.stderr.write(`${error.publicMessage}\n`);
  process.exitCode = 1;
}
