import { readFileSync } from "node:fs";
import { clockFileVariable } from "./wrong-clocks.ts";

/**
 * Loaded before a server of ours (node --import): its calendar runs ahead or behind by what a file says for its port, and jumps when
 * the file changes. As on a machine whose clock is set, timers and `performance.now` know nothing of it.
 */
const file = process.env[clockFileVariable] ?? "";
const port = process.env.PORT ?? "";
const rereadMs = 100;
const RealDate = Date;
let [offsetMs, readAt] = [0, Number.NEGATIVE_INFINITY];

function now(): number {
  if (performance.now() - readAt > rereadMs) {
    readAt = performance.now();
    const offsets = JSON.parse(readFileSync(file, "utf8")) as Readonly<Record<string, number>>;
    offsetMs = offsets[port] ?? 0;
  }
  return RealDate.now() + offsetMs;
}

globalThis.Date = new Proxy(RealDate, {
  construct: (target, given, asked) => Reflect.construct(target, given.length === 0 ? [now()] : given, asked),
  get: (target, name) => (name === "now" ? now : Reflect.get(target, name)),
});
