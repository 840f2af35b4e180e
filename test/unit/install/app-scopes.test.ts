import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "@jest/globals";
import { optionalScopes, requiredScopes } from "../../../server/install/app-scopes.ts";

it("asks for the scopes that the uploaded project names", () => {
  const file = path.resolve(import.meta.dirname, "../../../hubspot-project/src/app/app-hsmeta.json");
  const { config } = JSON.parse(readFileSync(file, "utf8")) as {
    config: { auth: { requiredScopes: string[]; optionalScopes: string[] } };
  };
  expect([...requiredScopes].sort()).toEqual([...config.auth.requiredScopes].sort());
  expect([...optionalScopes].sort()).toEqual([...config.auth.optionalScopes].sort());
});
