import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "@jest/globals";

const server = path.resolve(import.meta.dirname, "../../server");
const sources = readdirSync(server, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".ts"))
  .map((file) => ({ file, text: readFileSync(path.join(server, file), "utf8") }));

it("only server/queue/queue.ts sees BullMQ", () => {
  const seers = sources.filter(({ text }) => /from "bullmq|import\("bullmq/.test(text)).map(({ file }) => file);
  expect(seers).toEqual([path.join("queue", "queue.ts")]);
});

/** What is faulty on PostgreSQL, or loses updates anywhere (performance.md §1.5, §1.6). */
it.each([
  ["P1: retention by count or age", /removeOn(Complete|Fail): (\{|\d)/],
  ["P2: jobs that wait inside the queue", /\bdelay:|changeDelay|moveToDelayed|promote\(|backoff:/],
  ["P3: events of the queue", /QueueEvents/],
  ["P4: waiting for the end of a job", /waitUntilFinished/],
  ["P7: schedulers", /JobScheduler|\brepeat:/],
  ["P8: a debounce that replaces", /replace: true|extend: true|\bttl:/],
  ["limits in fixed windows", /limiter:|rateLimit\(/],
  ["coalescing by job id", /\bjobId:/],
])("nothing uses %s", (_fault, use) => {
  const text = sources.filter(({ file }) => file.startsWith("queue")).map((source) => source.text);
  expect(text.join("\n").replaceAll(/\/\*\*[\s\S]*?\*\/|\/\/.*/g, "")).not.toMatch(use);
});
