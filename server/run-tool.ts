import { parseArgs } from "node:util";
import { InvalidConfig } from "./config.ts";
import { AppError, BadRequest } from "./errors.ts";

/** Somebody asks how to use a command. */
export const asksForHelp = (): boolean => process.argv.slice(2).some((word) => word === "--help" || word === "-h");

/**
 * Runs a command of the operator's: its number is the exit code, a fault that they can repair is one line and exit 1. With
 * `--help` it says how it is used instead.
 */
export async function runTool(usage: string, main: () => Promise<number>): Promise<void> {
  if (asksForHelp()) return void process.stdout.write(`${usage}\n`);
  try {
    process.exitCode = await main();
  } catch (error) {
    const plain = plainWords(error);
    if (plain === null) throw error;
    process.stderr.write(`${plain}\n`);
    process.exitCode = 1;
  }
}

/** What stands behind the command; what is not understood is answered with `usage`. */
export function readArguments<const Options extends NonNullable<Parameters<typeof parseArgs>[0]>["options"]>(
  options: Options,
  usage: string,
) {
  try {
    return parseArgs({ options, allowPositionals: true });
  } catch (error) {
    throw new BadRequest(`${error instanceof Error ? error.message : String(error)}\n${usage}`);
  }
}

/** None of these names the database's address, which holds a password. */
function plainWords(error: unknown): string | null {
  if (error instanceof AppError) return error.publicMessage;
  if (error instanceof InvalidConfig) return error.message;
  const code = error instanceof Error && "code" in error ? error.code : null;
  if (code === "ECONNREFUSED" || code === "ENOTFOUND") return "The database does not answer at its address.";
  if (code === "28P01" || code === "3D000") return "The database refuses the user, the password or the name.";
  if (code === "42P01" || code === "42703")
    return "The database has no tables of this version: start Touchstone on it once.";
  return null;
}
