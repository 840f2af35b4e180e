/** A file that an import refuses as a whole; the message says why and is fit for the terminal. */
export class ImportLimitError extends Error {
  override name = "ImportLimitError";
}
