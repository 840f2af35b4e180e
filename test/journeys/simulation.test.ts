import { describe, expect, it } from "@jest/globals";
import { invariants } from "../simulate/invariants.ts";
import { plantedFaults } from "../simulate/planted-faults.ts";
import { type SimulationOptions, simulate } from "../simulate/simulate.ts";
import { testAddress } from "../support/test-database.ts";

/** A Monday to Wednesday of a small portal in which a lot happens. */
const hours = 54;
const small = (more: Partial<SimulationOptions> = {}): SimulationOptions => ({
  serverUrl: testAddress("TEST_DATABASE_URL"),
  seed: 3,
  accounts: 50,
  people: 300,
  hours,
  isBusy: true,
  ...more,
});

describe("A simulated quarter", () => {
  it("keeps every invariant in every hour; the same seed leads through the same states, another through others", async () => {
    const first = await simulate(small());
    expect(first.violation).toBeNull();
    expect(first.checked).toBe(hours * invariants.length);
    const [week] = first.weeks;
    for (const count of [week?.events, week?.requests, week?.scoresMoved, week?.tierMoves, week?.tasks, week?.refused])
      expect(count).toBeGreaterThan(0);
    expect(first.digest).toMatch(/^[0-9a-f]{64}$/);
    const again = await simulate(small({ hours: hours / 2 }));
    expect(again.states.length).toBeGreaterThanOrEqual(hours / 2);
    expect(again.states).toEqual(first.states.slice(0, again.states.length));
    const other = await simulate(small({ hours: 6, seed: 4 }));
    expect(other.states).not.toEqual(first.states.slice(0, other.states.length));
  });

  it.each(plantedFaults)(
    "notices when $name",
    async (fault) => {
      const { violation } = await simulate(small({ fault }));
      expect(violation?.invariant).toBe(fault.breaks);
      expect(violation?.breaches.length).toBeGreaterThan(0);
    },
    300_000,
  );

  it("has a planted fault for each of its invariants", () => {
    expect(plantedFaults.map(({ breaks }) => breaks).sort()).toEqual(invariants.map(({ name }) => name).sort());
  });
});
