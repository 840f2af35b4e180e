import { expect, it } from "@jest/globals";
import { levelOfPerson } from "@touchstone/shared/level-of-person.ts";

const downloads = (recent: number) => ({ kind: "content_download", recent, strength: null });
const visit = (pages: number) => ({ kind: "page_visit", recent: 1, strength: pages });

it.each([
  ["two downloads", [downloads(2)], 2],
  ["one download", [downloads(1)], 1],
  ["a visit of five pages", [visit(5)], 2],
  ["a visit of four pages", [visit(4)], 1],
])("A person is at the level that what they did shows (row 109): %s", (_, signals, level) => {
  expect(levelOfPerson(signals, null).level).toBe(level);
});
