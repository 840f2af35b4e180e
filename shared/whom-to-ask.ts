import type { CommitteePersonView } from "./committee-api.ts";

export interface Askable extends Pick<CommitteePersonView, "name" | "title" | "canonicalRoles" | "gone"> {
  /** When the person last did something towards us; null: never, as far as is known. */
  readonly engagedAt: number | null;
}

/**
 * "Ana Ruiz, CTO": who did something last, of those who can be reached and are not against it (rows 72, 142). One answer for every
 * screen that names somebody; null when there is nobody.
 */
export function whomToAsk(people: readonly Askable[]): string | null {
  let found: Askable | null = null;
  for (const one of people) {
    if (one.engagedAt === null || one.gone !== null || one.canonicalRoles.includes("blocker")) continue;
    const [at, best] = [one.engagedAt, found?.engagedAt ?? 0];
    if (found === null || at > best || (at === best && one.name < found.name)) found = one;
  }
  return found && [found.name, found.title].filter(Boolean).join(", ");
}
