import { randomBytes } from "node:crypto";
import { describe, expect, it } from "@jest/globals";
import { InvalidConfig, readConfig, settings } from "../../../server/config.ts";

const key = (id: string) => `${id}:${randomBytes(32).toString("base64")}`;
const right = {
  PUBLIC_URL: "https://touchstone.example.com/",
  HUBSPOT_CLIENT_ID: "client",
  HUBSPOT_CLIENT_SECRET: "a-secret-of-hubspot",
  HUBSPOT_APP_ID: "123",
  TOKEN_KEYS: `${key("k2")}, ${key("k1")}`,
};

function faultsOf(env: Record<string, string | undefined>): readonly string[] {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof InvalidConfig) return error.faults;
    throw error;
  }
  return [];
}

describe("the environment", () => {
  it("needs only what has no default", () => {
    const config = readConfig(right);
    expect(config).toMatchObject({
      role: "all",
      databaseUrl: null,
      redisUrl: null,
      http: { port: 3000, host: "127.0.0.1", publicUrl: "https://touchstone.example.com", metricsToken: null },
      hubspot: { appId: 123, apiUrl: "https://api.hubapi.com", previousClientSecret: null },
    });
    expect(config.tokenKeys.map(({ id }) => id)).toEqual(["k2", "k1"]);
  });

  it("tells every setting that is missing at once, with its meaning", () => {
    const faults = faultsOf({});
    const names = Object.entries(settings).flatMap(([name, schema]) =>
      schema.safeParse(undefined).success ? [] : [name],
    );
    expect(faults.map((fault) => fault.split(":")[0])).toEqual(names);
    for (const fault of faults) expect(fault).toMatch(/^[A-Z_]+: is missing\. .+\.$/);
  });

  it("takes an empty setting for a missing one", () => {
    expect(faultsOf({ ...right, HUBSPOT_CLIENT_ID: "" })).toEqual([
      expect.stringMatching(/^HUBSPOT_CLIENT_ID: is missing/),
    ]);
  });

  it("tells every setting that is wrong at once, and never what it was set to", () => {
    const wrong: Record<string, string> = {
      PORT: "needle1",
      PUBLIC_URL: "ftp://needle2",
      ROLE: "needle3",
      DATABASE_URL: "mysql://needle4",
      REDIS_URL: "http://needle5",
      HUBSPOT_CLIENT_ID: "n".repeat(201),
      HUBSPOT_CLIENT_SECRET: "needle6",
      HUBSPOT_PREVIOUS_CLIENT_SECRET: "needle7",
      HUBSPOT_APP_ID: "-8",
      HUBSPOT_API_URL: "needle9",
      HUBSPOT_APP_URL: "javascript:needle",
      TOKEN_KEYS: "k1:needle10",
      METRICS_TOKEN: "needle11",
      LOG_LEVEL: "needle12",
      SETTLE_MS: "60001",
    };
    const faults = faultsOf(wrong);
    expect(faults.map((fault) => fault.split(":")[0]).sort()).toEqual(Object.keys(wrong).sort());
    expect(faults.join("\n")).not.toMatch(/needle|nnn|60001|-8/);
  });

  it.each(["web", "worker"])("with ROLE %s needs the address of the database that all processes share", (role) => {
    expect(faultsOf({ ...right, ROLE: role })).toEqual([expect.stringMatching(/^DATABASE_URL: is missing\./)]);
    expect(faultsOf({ ...right, ROLE: role, DATABASE_URL: "postgres://db/x" })).toEqual([]);
  });

  it("with ROLE web and other faults tells all of them together", () => {
    const names = faultsOf({ ROLE: "web" }).map((fault) => fault.split(":")[0]);
    expect(names).toContain("DATABASE_URL");
    expect(names).toContain("TOKEN_KEYS");
  });

  it.each([
    ["that are 31 bytes long", `k1:${randomBytes(31).toString("base64")}`],
    ["without an id", randomBytes(32).toString("base64")],
    ["of which two have the same id", `${key("k1")},${key("k1")}`],
    ["of which one is empty", `${key("k1")},`],
    ["of which there are eleven", Array.from({ length: 11 }, (_, n) => key(`k${n}`)).join(",")],
  ])("refuses token keys %s", (_, keys) => {
    const faults = faultsOf({ ...right, TOKEN_KEYS: keys });
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatch(/^TOKEN_KEYS: /);
  });

  it("counts the faults in the text that the operator reads", () => {
    expect(new InvalidConfig(["A: x"]).message).toBe("The environment has one fault:\n  A: x");
    expect(new InvalidConfig(["A: x", "B: y"]).message).toBe("The environment has 2 faults:\n  A: x\n  B: y");
  });
});
