import { isPassingError } from "../db/is-passing-error.ts";
import { AppError } from "../errors.ts";

const codeOf = (error: unknown): string => String((error as { code?: unknown }).code);
/** A statement took too long: one of the accounts is too large for it, and the others must not wait for that. */
const tookTooLong = "57014";

/** The database or the portal is away, or the database is of another version of the program: no account is to blame. */
export const isNobodysFault = (error: unknown): boolean =>
  error instanceof AppError ||
  (isPassingError(error) && codeOf(error) !== tookTooLong) ||
  codeOf(error).startsWith("42");
