import type { CommitteePersonView } from "@touchstone/shared/committee-api.ts";
import { levelText } from "@touchstone/shared/level-of-person.ts";
import type { CommitteeRowView } from "@touchstone/shared/record-cards-api.ts";
import { judgedText } from "../../programme/committee/person-form.ts";

/** Somebody of a committee with what to say to them now. */
export const toCommitteeRow = (
  person: CommitteePersonView,
  messageOf: ReadonlyMap<string, string>,
): CommitteeRowView => ({
  ...person,
  levelText: [levelText(person.level), judgedText(person)].filter((text) => text !== "").join(", "),
  message: messageOf.get(person.personId) ?? null,
});
