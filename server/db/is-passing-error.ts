/**
 * PostgreSQL's classes of errors that pass by themselves: connection (08), rolled back by a deadlock or a conflict (40), out
 * of something (53), somebody stepped in (57), a lock not to be had (55P03).
 */
const passingClasses = /^(08|40|53|57)|^55P03$/;
const lostConnection = ["ECONNREFUSED", "ECONNRESET", "EPIPE", "ETIMEDOUT"];

/** Whether a failure says nothing about the work that met it: the database was away or others were in the way. */
export function isPassingError(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code } = error as { code?: unknown };
  if (typeof code === "string") return passingClasses.test(code) || lostConnection.includes(code);
  return /connection terminated|timeout exceeded when trying to connect/i.test(error.message);
}
