import { parseArgs } from "node:util";
import type { Row } from "../row.ts";
import { type Backend, backends, type Size } from "../size.ts";

export interface Asked {
  readonly rows: readonly Row[];
  /** Null: as many as each row says. */
  readonly seeds: number | null;
  readonly firstSeed: number;
  readonly backends: readonly Backend[];
  readonly size: Size;
  readonly isQuick: boolean;
}

const fullSize: Size = { portals: 5, accounts: 500, changes: 6_000, faults: 1 };
const quickSize: Size = { portals: 2, accounts: 40, changes: 600, faults: 0.15 };

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
    },
  });
  const names = values.rows?.split(",") ?? rows.map(({ name }) => name);
  return {
    rows: names.map((name) => rows.find((row) => row.name === name) ?? refuse(`There is no row ${name}`)),
    seeds: values.seeds === undefined ? (values.quick ? 1 : null) : readCount("--seeds", values.seeds),
    firstSeed: readCount("--first-seed", values["first-seed"]),
    backends:
      values.backend === "both"
        ? backends
        : [backends.find((one) => one === values.backend) ?? refuse("There is no such backend")],
    size: values.quick ? quickSize : fullSize,
    isQuick: values.quick,
  };
}

function readCount(name: string, text: string): number {
  const value = Number(text);
  return Number.isInteger(value) && value > 0 && value <= 10_000 ? value : refuse(`${name} is a whole number from 1`);
}

function refuse(why: string): never {
  process.stderr.write(`${why}.\n`);
  process.exit(2);
}
