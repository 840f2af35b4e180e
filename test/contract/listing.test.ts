import { readFile } from "node:fs/promises";
import path from "node:path";
import { beforeAll, describe, expect, it } from "@jest/globals";
import { type MirrorType, mirrorTypes, propertiesOf } from "../../server/intake/record-properties.ts";
import { companyPropertiesOf } from "../../server/scoring/company-properties-of.ts";
import { loadTemplate, templateKeys } from "../../server/scoring/load-template.ts";
import { outputProperties } from "../../shared/output-properties.ts";
import { personProperties } from "../../shared/person-properties.ts";

const root = path.resolve(import.meta.dirname, "../..");
const source = path.join(root, "hubspot-project", "src", "app");

/** What the table calls the types that the mirror reads. */
const rowOf: Readonly<Record<MirrorType, string>> = {
  companies: "Companies",
  contacts: "Contacts",
  deals: "Deals",
  meetings: "Meetings",
  calls: "Calls",
  emails: "One-to-one emails",
  communications: "Messages",
};

const named = (cell = ""): string[] => [...cell.matchAll(/`([^`]+)`/g)].map(([, name = ""]) => name);

describe("the listing's texts", () => {
  let listing = "";
  let rows: readonly (readonly string[])[] = [];
  beforeAll(async () => {
    listing = await readFile(path.join(root, "docs", "listing.md"), "utf8");
    const [, table = ""] = /## Shared data\n([\s\S]*?)\n## /.exec(listing) ?? [];
    rows = table
      .split("\n")
      .filter((line) => line.startsWith("| "))
      .slice(2)
      .map((line) => line.split("|").map((cell) => cell.trim()));
  });
  const propertiesIn = (object: string, direction: string) =>
    named(rows.find(([, one, way]) => one === object && way === direction)?.[3]);

  it("share data by the very scopes that the app asks for, and say which of them are optional", async () => {
    const { auth } = JSON.parse(await readFile(path.join(source, "app-hsmeta.json"), "utf8")).config;
    const scopes = rows.flatMap(([, , , , cell]) => named(cell));
    const optional = rows.flatMap(([, , , , cell = ""]) =>
      [...cell.matchAll(/`([^`]+)` \(optional\)/g)].map(([, name]) => name),
    );
    expect([...new Set([...scopes, "oauth"])].sort()).toEqual([...auth.requiredScopes, ...auth.optionalScopes].sort());
    expect(optional.sort()).toEqual([...auth.optionalScopes].sort());
  });

  it.each(mirrorTypes)("name the properties of %s that are read", (type) => {
    const ofModels = templateKeys.flatMap((key) => companyPropertiesOf(loadTemplate(key) ?? {}));
    expect(propertiesIn(rowOf[type], "HubSpot to app").sort()).toEqual(propertiesOf(type, ofModels).sort());
  });

  it("name the properties that are written", () => {
    const names = (list: readonly { readonly name: string }[]) => list.map(({ name }) => name);
    expect(propertiesIn("Companies", "App to HubSpot")).toEqual(names(outputProperties));
    expect(propertiesIn("Contacts", "App to HubSpot")).toEqual([...names(personProperties), "hs_buying_role"]);
  });

  it("list nothing twice, as HubSpot checks", () => {
    const keys = rows.map(([, object, direction]) => `${object}: ${direction}`);
    expect(keys.length).toBeGreaterThan(mirrorTypes.length);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it("have the name of the upload, an overview as long as HubSpot wants it, and a picture of 800 × 800", async () => {
    const quoted = (heading: string) =>
      (new RegExp(`\\*\\*${heading}\\*\\*.*\\n\\n((?:>.*\\n)+)`).exec(listing)?.[1] ?? "")
        .replaceAll(/^> ?/gm, "")
        .trim();
    const { name, logo } = JSON.parse(await readFile(path.join(source, "app-hsmeta.json"), "utf8")).config;
    expect(quoted("Name")).toBe(name);
    expect(name).not.toMatch(/hub/i);
    expect(quoted("Tagline")).not.toBe("");
    expect(quoted("Overview").length).toBeGreaterThanOrEqual(160);
    const picture = await readFile(path.join(source, "..", logo));
    expect([picture.readUInt32BE(16), picture.readUInt32BE(20)]).toEqual([800, 800]);
  });
});
