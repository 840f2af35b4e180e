import { changedResult } from "./prepare-statements.ts";

/**
 * PostgreSQL's classes of errors that pass by themselves: connection (08), rolled back by a deadlock or a conflict (40), out
 * of something (53), somebody stepped in (57), a lock not to be had (55P03), a disk that failed (58030).
 */
const passingClasses = /^(08|40|53|57)|^(55P03|58030)$/;
const lostConnection = ["ECONNREFUSED", "ECONNRESET", "EPIPE", "ETIMEDOUT"];
/**
 * The driver's words without a code, the third for the ROLLBACK of a transaction that has just lost its connection; and ours for a
 * connection that went silent.
 */
const lostWords = /connection terminated|timeout exceeded when trying to connect|is not queryable|database was silent/i;

/** Whether a failure says nothing about the work that met it: the database was away or others were in the way. */
export function isPassingError(error: unknown): boolean {
  if (typeof error !== "object" || error === null) return false;
  const { code, message } = error as { code?: unknown; message?: unknown };
  if (typeof code === "string")
    return passingClasses.test(code) || code === changedResult || lostConnection.includes(code);
  return typeof message === "string" && lostWords.test(message);
}
