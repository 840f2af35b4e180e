import { readFileSync } from "node:fs";
import path from "node:path";
import { parseEnv } from "node:util";
import { describe, expect, it } from "@jest/globals";
import { parse } from "yaml";
import { InvalidConfig, readConfig, settings } from "../../../server/config.ts";

const root = path.resolve(import.meta.dirname, "..", "..", "..");
const read = (file: string) => readFileSync(path.join(root, file), "utf8");

interface Service {
  readonly build?: string;
  readonly environment?: Readonly<Record<string, string>>;
}
const { services } = parse(read("compose.yaml"), { merge: true }) as { services: Readonly<Record<string, Service>> };
const ours = Object.entries(services).flatMap(([name, { build: isOurs, environment }]) =>
  isOurs && environment ? [[name, environment] as const] : [],
);

const example = read(".env.example");
/** What the example sets, and what it names behind a comment sign. */
const set = parseEnv(example);
const commented = parseEnv(example.replaceAll(/^# (?=[A-Z_]+=)/gm, "")) as Readonly<Record<string, string>>;
const filledIn = {
  HUBSPOT_APP_ID: "7000001",
  HUBSPOT_CLIENT_ID: "client",
  HUBSPOT_CLIENT_SECRET: "a secret of the app",
  TOKEN_KEYS: `k1:${Buffer.alloc(32, 1).toString("base64")}`,
};

function faultsOf(env: Readonly<Record<string, string | undefined>>): readonly string[] {
  try {
    readConfig(env);
    return [];
  } catch (error) {
    if (error instanceof InvalidConfig) return error.faults.map((fault) => fault.split(":")[0] ?? "");
    throw error;
  }
}

describe(".env.example", () => {
  it("names every setting once, and for compose the database's password", () => {
    expect(Object.keys(commented).sort()).toEqual([...Object.keys(settings), "POSTGRES_PASSWORD"].sort());
  });

  it("shows the default of each setting that has one", () => {
    const defaults = Object.entries(settings).flatMap(([name, schema]) => {
      const { success, data } = schema.safeParse(undefined);
      return success && data !== undefined ? [[name, String(data)] as const] : [];
    });
    expect(defaults.length).toBeGreaterThan(10);
    expect(defaults.map(([name]) => [name, commented[name]])).toEqual(defaults);
  });

  it("leaves open exactly what a person has to fill in", () => {
    expect(faultsOf(set).toSorted()).toEqual(Object.keys(filledIn).sort());
    expect(faultsOf({ ...set, ...filledIn })).toEqual([]);
  });
});

describe("compose.yaml", () => {
  it.each(ours)("starts %s with settings that the server takes, at stores that compose starts", (name, environment) => {
    const given = Object.entries(environment).map(([key, value]) => [key, value.replaceAll(/\$\{[^}]*\}/g, "secret")]);
    const config = readConfig({ ...set, ...filledIn, ...(Object.fromEntries(given) as Record<string, string>) });
    expect([config.role, config.http.host]).toEqual([name, "0.0.0.0"]);
    for (const url of [config.databaseUrl, config.redisUrl])
      expect(Object.keys(services)).toContain(new URL(url ?? "").hostname);
    expect(Object.keys(environment).filter((key) => !(key in settings))).toEqual([]);
  });

  it("starts web servers and workers", () => {
    expect(ours.map(([name]) => name)).toEqual(["web", "worker"]);
  });
});

describe("Dockerfile", () => {
  const copied = [...read("Dockerfile").matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, files = ""]) =>
    files.split(" "),
  );

  // What the server imports lies in these two and in no package for developers: `npm run imports`.
  it("copies the server and what it shares with the screens", () => {
    expect(copied).toEqual(expect.arrayContaining(["server", "shared"]));
  });

  it("has the package.json of every workspace before it installs", () => {
    const { workspaces } = JSON.parse(read("package.json")) as { workspaces: readonly string[] };
    for (const workspace of workspaces) expect(copied).toContain(`${workspace}/package.json`);
  });
});
