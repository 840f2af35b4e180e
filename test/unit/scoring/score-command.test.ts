import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { accountSnapshotSchema } from "@touchstone/shared/account-snapshot-schema.ts";
import { now } from "./build-snapshot.ts";
import { scoreWith } from "./score-with.ts";

const run = (...args: string[]) => spawnSync(process.execPath, ["server/score.ts", ...args], { encoding: "utf8" });
const fixture = (name: string) => `test/fixtures/snapshots/${name}.json`;

describe("npm run score", () => {
  it.each(["techcorp", "healthcorp", "demo-booked", "excluded", "unknown"])(
    "prints the ledger of %s that the engine makes",
    (name) => {
      const result = run("--model", "playbook-100", "--account", fixture(name), "--at", "2026-11-22T10:00:00Z");
      const snapshot = accountSnapshotSchema.parse(JSON.parse(readFileSync(fixture(name), "utf8")));
      expect(result.stdout).toBe(`${JSON.stringify(scoreWith("playbook-100", snapshot, now), null, 2)}\n`);
      expect(result.status).toBe(0);
    },
  );

  it("lists every fault of a snapshot with its place and remedy, and exits 1", () => {
    const file = join(mkdtempSync(join(tmpdir(), "score-")), "bad.json");
    writeFileSync(
      file,
      JSON.stringify({
        portalId: "4242",
        accountId: "1",
        properties: {},
        people: [],
        deals: [],
        judgements: [],
        signals: [
          {
            key: "a",
            kind: "email_open",
            personId: "1",
            at: 1_700_000_000,
            source: "email",
            strength: null,
            subject: null,
            expiresAt: null,
          },
        ],
      }),
    );
    const result = run("--model", "readiness-10", "--account", file);
    expect(result.stderr.split("\n").slice(1, 3)).toEqual([
      "  portalId: must be a number",
      "  signals[0].at: looks like seconds: give milliseconds since 1970-01-01 UTC",
    ]);
    expect([result.stdout, result.status]).toEqual(["", 1]);
  });

  it("says how it is used when asked", () => {
    const result = run("--help");
    expect([result.stdout, result.stderr, result.status]).toEqual([
      expect.stringMatching(/^Use: npm run score -- --model TEMPLATE\|FILE\.json/),
      "",
      0,
    ]);
  });

  it("names the templates when there is none of the name", () => {
    const result = run("--model", "playbok-100", "--account", fixture("techcorp"));
    expect(result.stderr).toMatch(/^There is no template playbok-100\.\n[\s\S]*one of playbook-100, readiness-10, /);
    expect(result.status).toBe(1);
  });

  it.each([[["--model", "readiness-10"]], [["--modle", "x"]], [["--model", "readiness-10", "--account", "none.json"]]])(
    "answers %j with how to use it and exits 1",
    (args) => {
      const result = run(...args);
      expect(result.stderr).toContain("Use: npm run score -- --model");
      expect(result.status).toBe(1);
    },
  );
});
