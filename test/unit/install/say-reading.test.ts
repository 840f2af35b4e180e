import { expect, it } from "@jest/globals";
import { sayReading } from "../../../server/install/say-reading.ts";

const endsAt = Date.UTC(2026, 10, 22, 12, 40);
const reading = { done: 12_300, total: 90_000, perSecond: 930.4, endsAt, finishedAt: null };
const say = (over: Partial<typeof reading> | object) => sayReading({ ...reading, ...over }, "Europe/Madrid");

it("tells how far it is, how fast, and when it ends, by the portal's clock", () => {
  expect(say({})).toBe(
    "Read so far: 12,300 of 90,000 records, 930 a second. At this pace all are read at 22 Nov 2026, 13:40.",
  );
});

it("promises nothing that is not known yet", () => {
  expect(say({ perSecond: 0, endsAt: null })).toBe("Read so far: 12,300 of 90,000 records.");
  expect(say({ perSecond: 0.3 })).toBe("Read so far: 12,300 of 90,000 records.");
  expect(say({ total: null, endsAt: null })).toBe("Read so far: 12,300 records, 930 a second.");
});

it("never tells of more than there are", () => {
  expect(say({ total: 12_000 })).toMatch(/12,300 of 12,300 records/);
});

it("has nothing to say when all is read, or nothing was begun", () => {
  expect(say({ finishedAt: endsAt })).toBeNull();
  expect(sayReading(null, "UTC")).toBeNull();
});
