import { spawn } from "node:child_process";
import path from "node:path";
import { describe, expect, it } from "@jest/globals";

const root = path.resolve(import.meta.dirname, "..", "..");
/** The label of an event, what was before and after, seconds to visible, calls of HubSpot. */
const row = /^(.{34}) .* (\d+\.\d) +(\d+) *$/;

function runDemo(): Promise<{ code: number | null; said: string }> {
  const child = spawn(process.execPath, [path.join(root, "hubspot-stand-in", "demo.ts"), "--once"], {
    cwd: root,
    env: { PATH: process.env.PATH, HOME: process.env.HOME },
  });
  const said: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (text: Buffer) => void said.push(text.toString()));
  return new Promise((resolve) => child.once("close", (code) => resolve({ code, said: said.join("") })));
}

describe("npm run demo -- --once", () => {
  it("plays at least twelve kinds of event on its own database, sees every result, and ends with 0", async () => {
    const { code, said } = await runDemo();
    expect({ code, said: code === 0 ? "" : said }).toEqual({ code: 0, said: "" });
    const events = said.split("\n").flatMap((line) => row.exec(line)?.[1]?.trim() ?? []);
    expect(new Set(events).size).toBeGreaterThanOrEqual(12);
  });
});
