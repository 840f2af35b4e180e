import { parseArgs } from "node:util";
import { bugs } from "../planted/bugs.ts";
import type { PlantedBug } from "../planted/plant-bug.ts";
import type { Row } from "../row.ts";
import { plantedBugs } from "../rows/f19-planted-bugs.ts";
import { type Backend, backends, type Size } from "../size.ts";

export interface Asked {
  readonly rows: readonly Row[];
  /** Null: as many as each row says. */
  readonly seeds: number | null;
  readonly firstSeed: number;
  readonly backends: readonly Backend[];
  readonly size: Size;
  /** What says the size, to run a trial again. */
  readonly sizeOption: string;
  /** After this many seconds no further row is begun; null: all are. */
  readonly stopAfterS: number | null;
  /** A bug that is planted into what the rows run: then they have to fail. */
  readonly planted: PlantedBug | null;
}

/** A quick run of all rows ends within a minute. */
const quickS = 45;
const fullSize: Size = { portals: 5, accounts: 500, changes: 6_000, faults: 1 };
const quickSize: Size = { portals: 2, accounts: 40, changes: 600, faults: 0.15 };
/** Fewer accounts than this would soon all be merged or deleted. */
const fewestAccounts = 100;

/** Many seeds of small trials meet more moments than few of large ones. */
const partOfFull = (part: number): Size => ({
  portals: fullSize.portals,
  accounts: Math.max(fewestAccounts, Math.ceil(fullSize.accounts * part)),
  changes: Math.ceil(fullSize.changes * part),
  faults: fullSize.faults * part,
});

/** Ends the program with one line when something is asked that does not exist. */
export function readArguments(args: string[], rows: readonly Row[]): Asked {
  const { values } = parseArgs({
    args,
    options: {
      rows: { type: "string" },
      seeds: { type: "string" },
      "first-seed": { type: "string", default: "1" },
      backend: { type: "string", default: "both" },
      quick: { type: "boolean", default: false },
      part: { type: "string", default: "1" },
      bugs: { type: "string" },
      plant: { type: "string" },
    },
  });
  const planted = values.plant === undefined ? null : findBug(values.plant);
  const all = [...rows, plantedBugs(rows, values.bugs?.split(",").map((name) => findBug(name).name) ?? null)];
  const names = values.rows?.split(",") ?? (planted ? [planted.row] : all.map(({ name }) => name));
  return {
    planted,
    rows: names.map((name) => all.find((row) => row.name === name) ?? refuse(`There is no row ${name}`)),
    seeds: values.seeds === undefined ? (values.quick ? 1 : null) : readCount("--seeds", values.seeds),
    firstSeed: readCount("--first-seed", values["first-seed"]),
    backends:
      values.backend === "both"
        ? backends
        : [backends.find((one) => one === values.backend) ?? refuse("There is no such backend")],
    size: values.quick ? quickSize : partOfFull(readPart(values.part)),
    sizeOption: values.quick ? " --quick" : values.part === "1" ? "" : ` --part ${values.part}`,
    stopAfterS: values.quick && values.rows === undefined && !planted ? quickS : null,
  };
}

const findBug = (name: string): PlantedBug =>
  bugs.find((bug) => bug.name === name) ?? refuse(`There is no planted bug ${name}`);

function readCount(name: string, text: string): number {
  const value = Number(text);
  return Number.isInteger(value) && value > 0 && value <= 10_000 ? value : refuse(`${name} is a whole number from 1`);
}

function readPart(text: string): number {
  const value = Number(text);
  return value >= 0.05 && value <= 1 ? value : refuse("--part is a share from 0.05 to 1");
}

function refuse(why: string): never {
  process.stderr.write(`${why}.\n`);
  process.exit(2);
}
