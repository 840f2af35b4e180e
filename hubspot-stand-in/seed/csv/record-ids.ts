/** Record ids of one type: those of the file, and made ones for rows that have none that HubSpot could have given. */
export interface RecordIds {
  /** The id for a row, or why the row cannot have one. `made` says that the given text was no record id. */
  take(given: string, line: number): { id: string; made: boolean } | { duplicateOf: number };
  /** The id of the row that gave this text; null when no row did. */
  find(given: string): string | null;
}

/** Above every id that HubSpot gives out today, and still exact as a number. */
const firstMade = 900_000_000_000;

export function createRecordIds(): RecordIds {
  const byGiven = new Map<string, { id: string; line: number }>();
  const used = new Set<string>();
  const make = (line: number): string => {
    let id = firstMade + line;
    while (used.has(String(id))) id += 1;
    return String(id);
  };
  return {
    take(given, line) {
      const before = given === "" ? undefined : byGiven.get(given);
      if (before) return { duplicateOf: before.line };
      const valid = /^[1-9]\d{0,14}$/.test(given) && !used.has(given);
      const id = valid ? given : make(line);
      used.add(id);
      if (given !== "") byGiven.set(given, { id, line });
      return { id, made: !valid };
    },
    find: (given) => byGiven.get(given)?.id ?? null,
  };
}
