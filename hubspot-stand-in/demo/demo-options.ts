import { parseArgs } from "node:util";

export interface DemoOptions {
  /** Play the events, print the table, stop. */
  readonly once: boolean;
  readonly companies: string | null;
  readonly contacts: string | null;
  readonly deals: string | null;
  readonly salesOpportunities: string | null;
  /** Number of companies of the generated portal. */
  readonly size: number | null;
  readonly people: number | null;
  readonly port: number;
  readonly fresh: boolean;
}

export const demoUsage = `npm run demo -- [options]

  --once                        play every kind of CRM event, print a table, stop
  --companies FILE --contacts FILE --deals FILE
                                use HubSpot's CSV exports instead of the demo portal (docs/csv-import.md)
  --sales-opportunities FOLDER  use a copy of "CRM Sales Opportunities" (docs/csv-import.md)
  --size N                      a generated portal with N companies, up to 100,000
  --people N                    and N people, up to 1,000,000
  --port N                      port of the HubSpot stand-in (default 4100; the app takes the next one)
  --fresh                       forget the database of earlier runs
  --help                        this text`;

export class DemoUsageError extends Error {
  override readonly name = "DemoUsageError";
}

export function readDemoOptions(args: readonly string[]): DemoOptions | "help" {
  const text = { type: "string" } as const;
  const flag = { type: "boolean", default: false } as const;
  const { values } = parseOrFail(args, {
    once: flag,
    fresh: flag,
    help: flag,
    companies: text,
    contacts: text,
    deals: text,
    "sales-opportunities": text,
    size: text,
    people: text,
    port: text,
  });
  if (values.help) return "help";
  return {
    once: values.once === true,
    fresh: values.fresh === true,
    companies: asText(values.companies),
    contacts: asText(values.contacts),
    deals: asText(values.deals),
    salesOpportunities: asText(values["sales-opportunities"]),
    size: asCount("size", values.size, 100_000),
    people: asCount("people", values.people, 1_000_000),
    port: asCount("port", values.port, 65_534) ?? 4100,
  };
}

type Options = NonNullable<NonNullable<Parameters<typeof parseArgs>[0]>["options"]>;

function parseOrFail(args: readonly string[], options: Options) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: false });
  } catch (error) {
    throw new DemoUsageError(`${error instanceof Error ? error.message : String(error)}\n\n${demoUsage}`);
  }
}

const asText = (value: unknown): string | null => (typeof value === "string" ? value : null);

function asCount(name: string, value: unknown, most: number): number | null {
  if (typeof value !== "string") return null;
  const count = Number(value);
  if (!Number.isInteger(count) || count < 1 || count > most) {
    throw new DemoUsageError(
      `--${name} takes a whole number from 1 to ${most.toLocaleString("en")}, not "${value}".\n\n${demoUsage}`,
    );
  }
  return count;
}
