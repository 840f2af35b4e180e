import type { z } from "zod";

type Issue = z.core.$ZodIssue;

/** Every fault of a file or request, one line each: where it is, what is wrong, what to do. */
export function describeIssues(error: { readonly issues: readonly Issue[] }): string[] {
  return error.issues.map((issue) => `${pathText(issue.path)}: ${describe(issue)}`);
}

/** criteria[2].rungs[0].points; "the whole" for the top. */
function pathText(path: readonly PropertyKey[]): string {
  const text = path.reduce<string>(
    (so, part) => (typeof part === "number" ? `${so}[${part}]` : `${so}${so === "" ? "" : "."}${String(part)}`),
    "",
  );
  return text === "" ? "the whole" : text;
}

function describe(issue: Issue): string {
  switch (issue.code) {
    case "unrecognized_keys":
      return `unknown ${issue.keys.length === 1 ? "key" : "keys"} ${issue.keys.join(", ")}: remove or correct the spelling`;
    case "invalid_type":
      return issue.input === undefined && issue.message.startsWith("Invalid input")
        ? `is missing: add ${article(issue.expected)}`
        : sentence(issue, `must be ${article(issue.expected)}`);
    case "invalid_value":
      return `must be one of ${issue.values.map(String).join(", ")}`;
    case "invalid_union":
      return issue.discriminator === undefined ? issue.message : `must name a known ${issue.discriminator}`;
    default:
      return issue.message;
  }
}

/** Keeps a message that the schema wrote itself and replaces zod's own. */
const sentence = (issue: Issue, ours: string): string =>
  issue.message.startsWith("Invalid input") ? ours : issue.message;

const article = (type: string): string =>
  ({
    string: "a text",
    number: "a number",
    int: "a whole number",
    array: "a list",
    object: "an object",
    record: "an object",
    boolean: "true or false",
  })[type] ?? type;
