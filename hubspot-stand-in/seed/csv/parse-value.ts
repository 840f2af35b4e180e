import type { PropertyDefinition } from "../../standard-properties/define-properties.ts";
import { type ParsedText, parseNumber } from "./parse-number.ts";
import { parseOption } from "./parse-option.ts";
import { parseTime } from "./parse-time.ts";

/** Longest text of a property (hubspot-api.md §6.1). */
const longestText = 65_536;

function parseBool(text: string): ParsedText {
  if (/^(true|yes|1)$/i.test(text)) return { value: "true" };
  if (/^(false|no|0)$/i.test(text)) return { value: "false" };
  return { value: null, problem: "neither yes nor no: left empty" };
}

function parseDomain(text: string): ParsedText {
  const value = text
    .toLowerCase()
    .replace(/^[a-z]+:\/\//, "")
    .replace(/^www\./, "")
    .replace(/[/?#].*$/, "");
  if (!/^[\p{L}\p{N}-]+(\.[\p{L}\p{N}-]+)+$/u.test(value)) return { value: null, problem: "not a domain: left empty" };
  if (value === text.toLowerCase()) return { value };
  return { value, problem: "domain in another spelling: read", note: `read as ${value}` };
}

function parseEmail(text: string): ParsedText {
  if (text.length > 254 || !/^[^\s@;,]+@[^\s@;,]+\.[^\s@;,]+$/.test(text)) {
    return { value: null, problem: "not an email address: left empty" };
  }
  return { value: text.toLowerCase() };
}

function parseText(name: string, text: string): ParsedText {
  if (name === "domain") return parseDomain(text);
  if (name === "email") return parseEmail(text);
  if (text.length <= longestText) return { value: text };
  return { value: text.slice(0, longestText), problem: "longer than 65,536 characters: cut" };
}

/** A cell as HubSpot would store it (hubspot-api.md §5.5). Empty is null and no problem. */
export function parseValue(definition: PropertyDefinition, cell: string): ParsedText {
  const text = cell.trim();
  if (text === "") return { value: null };
  const { name, type } = definition;
  if (type === "number") {
    const parsed = parseNumber(text);
    if (name !== "numberofemployees" || Number(parsed.value ?? 0) >= 0) return parsed;
    return { value: null, problem: "negative number: left empty" };
  }
  if (type === "bool") return parseBool(text);
  if (type === "enumeration") return parseOption(definition, text);
  if (type === "date" || type === "datetime") return parseTime(text, type);
  return parseText(name, text);
}
