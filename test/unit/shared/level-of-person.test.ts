import { expect, it } from "@jest/globals";
import { levelOfPerson } from "@touchstone/shared/level-of-person.ts";

const levelAfter = (...kinds: string[]) =>
  levelOfPerson(
    [...new Set(kinds)].map((kind) => ({ kind, recent: kinds.filter((one) => one === kind).length, strength: null })),
    null,
  ).level;

it("reaches level 3 by talking with us and level 4 by evaluating only, as the seed says (row 109)", () => {
  for (const kind of ["email_reply", "meeting_booked", "meeting_held", "call_connected"])
    expect([kind, levelAfter("email_open", kind)]).toEqual([kind, 3]);
  for (const kind of ["demo_request", "reference_request", "proposal_sent"])
    expect([kind, levelAfter("meeting_held", kind)]).toEqual([kind, 4]);
  expect([levelAfter(), levelAfter("email_open"), levelAfter("content_download", "content_download")]).toEqual([
    0, 1, 2,
  ]);
});
