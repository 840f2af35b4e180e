import { describe, expect, it } from "@jest/globals";
import { buildPerson, buildSignal, buildSnapshot, day, now } from "./build-snapshot.ts";
import { lineOf, modelOf, scoreWith } from "./score-with.ts";

const readiness = (parts: Parameters<typeof buildSnapshot>[0], at = now) =>
  scoreWith("readiness-10", buildSnapshot(parts), at);
const people = [buildPerson("1"), buildPerson("2")];
const second = 1000 / day;

describe("people and days", () => {
  it("count ten opens by one person in an hour as one", () => {
    const signals = Array.from({ length: 10 }, (_, n) => buildSignal("email_open", "1", 1 + n * 60 * second));
    const line = lineOf(readiness({ people, signals }), "opens");
    expect([line.points, line.evidenceCount]).toEqual([1, 10]);
    expect(line.evidence.filter((one) => one.counted)).toHaveLength(1);
  });

  it("count two downloads of different things on one day as two, of the same thing as one", () => {
    const download = (subject: string, n: number) =>
      buildSignal("content_download", "1", 1 + n * 60 * second, { subject });
    const points = (...subjects: string[]) =>
      lineOf(readiness({ people, signals: subjects.map(download) }), "downloads").points;
    expect([points("a", "b"), points("a", "a")]).toEqual([2, 1]);
  });

  it("list at most 20 pieces of evidence and say how many there are", () => {
    const signals = Array.from({ length: 28 }, (_, n) => buildSignal("email_open", "1", n + 1));
    const line = lineOf(readiness({ people, signals }), "opens");
    expect([line.evidence.length, line.evidenceCount]).toEqual([20, 28]);
    expect(line.evidence[0]?.at).toBe(now - day);
  });

  it("leave out people who are not members of the account", () => {
    const line = lineOf(readiness({ people, signals: [buildSignal("email_open", "99", 1)] }), "people");
    expect([line.points, line.state]).toEqual([0, "zero"]);
  });
});

describe("a mail scanner", () => {
  const burst = (gap: number) =>
    Array.from({ length: 5 }, (_, n) => buildSignal(n === 0 ? "email_open" : "email_click", "1", 1 + n * gap * second));

  it("is listed with no points, engages nobody and reaches no rung", () => {
    const score = readiness({ people, signals: burst(2) });
    expect(score.score).toBe(0);
    expect(lineOf(score, "opens").evidence).toMatchObject([
      { counted: false, note: "looks like a mail scanner, not a person" },
    ]);
  });

  it("is recognised by looking at what came for several people of the account at once", () => {
    const three = ["1", "2", "3"].map((id) => buildPerson(id));
    const signals = three.flatMap(({ id }) => [buildSignal("email_open", id, 1), buildSignal("email_click", id, 1)]);
    expect(readiness({ people: three, signals }).score).toBe(0);
    expect(readiness({ people: three, signals: signals.slice(0, 4) }).score).toBeGreaterThan(0);
  });

  it("is not seen before the fifth has come", () => {
    const four = ["1", "2", "3", "4"].map((id) => buildPerson(id));
    const opened = four.map(({ id }) => buildSignal("email_open", id, second));
    const ahead = buildSignal("email_open", "1", -3 * second);
    const without = readiness({ people: four, signals: opened });
    const withIt = readiness({ people: four, signals: [...opened, ahead] });
    expect(without.score).toBeGreaterThan(0);
    expect(withIt.score).toBe(without.score);
    expect(withIt.nextChangeAt).toBe(ahead.at);
    expect(readiness({ people: four, signals: [...opened, ahead] }, ahead.at).score).toBe(0);
  });

  it("is not seen in the same five a minute apart", () => {
    expect(readiness({ people, signals: burst(60) }).score).toBe(2);
  });
});

describe("a window", () => {
  const signals = [buildSignal("email_open", "1", 30 - 2 / 24)];

  it("holds a signal up to its last millisecond and not a moment longer", () => {
    const end = now + day / 12;
    expect(readiness({ people, signals }).nextChangeAt).toBe(end);
    expect([readiness({ people, signals }, end - 1).score, readiness({ people, signals }, end).score]).toEqual([2, 0]);
  });

  it("does not see what is dated later, and says when it will", () => {
    const later = [buildSignal("email_open", "1", -3)];
    expect(readiness({ people, signals: later })).toMatchObject({ score: 0, nextChangeAt: now + 3 * day });
  });

  it("ends early for a signal that expires", () => {
    const short = [buildSignal("email_open", "1", 2, { expiresAt: now + day })];
    expect(readiness({ people, signals: short }).nextChangeAt).toBe(now + day);
  });
});

describe("a half-life", () => {
  const model = modelOf(
    {
      kind: "signal-count",
      signals: ["email_reply"],
      windowDays: 30,
      countBy: "person-day",
      cap: 3,
      pointsEach: 2,
      unit: { one: "reply", many: "replies" },
      halfLife: { days: 10, stepDays: 1 },
    },
    6,
  );

  it("shows the weight of each point, and steps once a day", () => {
    const signals = [
      buildSignal("email_reply", "1", 0),
      buildSignal("email_reply", "1", 10),
      buildSignal("email_reply", "2", 20),
    ];
    const line = lineOf(scoreWith(model, buildSnapshot({ people, signals })), "only");
    expect(line).toMatchObject({ points: 3.5, arithmetic: "min(1 + 0.5 + 0.25, 3) × 2 = 3.5", changesAt: now + day });
  });
});
