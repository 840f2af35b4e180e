import { atLeastInAll, type Figure, findBreaches, none } from "../figures.ts";
import { bugs } from "../planted/bugs.ts";
import { type PlantedBug, plantBug } from "../planted/plant-bug.ts";
import type { Row, Trial } from "../row.ts";
import type { Size } from "../size.ts";

/**
 * Small, because there are many; with half of a row's faults, because these are what has to find the bug; and with few changes for
 * each account, so that a later one does not make good what an earlier one left wrong.
 */
const size: Size = { portals: 2, accounts: 80, changes: 400, faults: 0.5 };
/** A program with a bug that never comes to rest is found out as well, and nobody wants to wait for it long. */
const patienceMs = 40_000;

/** The matrix is tried itself: every bug has to be found by its row, in some seed at least. `names` null: all bugs. */
export function plantedBugs(rows: readonly Row[], names: readonly string[] | null): Row {
  return {
    name: "F19",
    description: "planted bugs, found in so many seeds",
    seeds: 3,
    backends: ["postgres"],
    run: async (trial) => {
      const chosen = bugs.filter(({ name }) => names?.includes(name) ?? true);
      // What finds bugs has to hold without one, as small and as impatient: else it would find anything.
      const nothing = [...new Set(chosen.map(({ row }) => row))].map((row) => ({ name: "nothing", row, edits: [] }));
      const figures: Record<string, Figure> = {};
      for (const bug of [...nothing, ...chosen]) {
        const row = rows.find(({ name }) => name === bug.row);
        if (!row) throw new Error(`bug ${bug.name}: there is no row ${bug.row}`);
        const found = (await isFound(row, bug, trial)) ? 1 : 0;
        figures[`${bug.name} by ${row.name}`] = bug.edits.length === 0 ? none(found) : atLeastInAll(found, 1);
      }
      return figures;
    },
  };
}

async function isFound(row: Row, bug: PlantedBug, trial: Trial): Promise<boolean> {
  const planted = await plantBug(bug);
  const own: Trial = {
    ...trial,
    label: `${trial.label}-${bug.name}`,
    size,
    patienceMs,
    main: planted.main,
    tell: null,
  };
  try {
    return findBreaches(await row.run(own)).length > 0;
  } catch {
    // A program that breaks down or never comes to rest is found out too. What cannot be planted has thrown above.
    return true;
  } finally {
    await planted.remove();
  }
}
