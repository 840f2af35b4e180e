import { atLeastInAll, type Figures, findBreaches, none } from "../figures.ts";
import { bugs } from "../planted/bugs.ts";
import { type PlantedBug, plantBug } from "../planted/plant-bug.ts";
import type { Row, Trial } from "../row.ts";
import type { Size } from "../size.ts";

/** Small, because there are many; with all of a row's faults, because these are what has to find the bug. */
const size: Size = { portals: 2, accounts: 40, changes: 600, faults: 0.5 };
/** A program with a bug that never comes to rest is found out as well, and nobody wants to wait for it long. */
const patienceMs = 20_000;

/** The matrix is tried itself: every bug has to be found by its row, in some seed at least. `names` null: all bugs. */
export function plantedBugs(rows: readonly Row[], names: readonly string[] | null): Row {
  return {
    name: "F19",
    description: "planted bugs, found in so many seeds",
    seeds: 3,
    backends: ["postgres"],
    run: async (trial) => {
      const figures: Record<string, Figures[string]> = {};
      for (const bug of bugs.filter(({ name }) => names?.includes(name) ?? true)) {
        const row = rows.find(({ name }) => name === bug.row);
        if (!row) throw new Error(`bug ${bug.name}: there is no row ${bug.row}`);
        figures[`${bug.name} by ${row.name}`] = atLeastInAll((await isFound(row, bug, trial)) ? 1 : 0, 1);
      }
      return { "false alarms": none(await countFalseAlarms(rows, Object.keys(figures), trial)), ...figures };
    },
  };
}

/** What finds bugs has to hold without one, as small and as impatient: else it would find anything. */
async function countFalseAlarms(rows: readonly Row[], found: readonly string[], trial: Trial): Promise<number> {
  let alarms = 0;
  for (const row of rows.filter(({ name }) => found.some((figure) => figure.endsWith(` by ${name}`))))
    if (await isFound(row, { name: `none-for-${row.name}`, row: row.name, edits: [] }, trial)) alarms += 1;
  return alarms;
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
