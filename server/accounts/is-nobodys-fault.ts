import { isPassingError } from "../db/is-passing-error.ts";
import { AppError } from "../errors.ts";

/** The database or the portal is away, or the database is of another version of the program: no account is to blame. */
export const isNobodysFault = (error: unknown): boolean =>
  error instanceof AppError || isPassingError(error) || String((error as { code?: unknown }).code).startsWith("42");
