import type { PlayMoveOffer, PlayStatus } from "@touchstone/shared/plays-api.ts";

const launch: PlayMoveOffer = {
  move: "launch",
  label: "Launch",
  yes: "Launch",
  done: "is launched",
  says: "Its steps become HubSpot tasks of the owners of its accounts, each on its day, for accounts added later too.",
};
const approve: PlayMoveOffer = {
  move: "approve",
  label: "Sales approves the messages",
  yes: "Approve",
  done: "is approved",
  says: "It is kept with your name and the time that sales has read the messages as they are now.",
};
const pause: PlayMoveOffer = {
  move: "pause",
  label: "Pause",
  yes: "Pause",
  done: "is paused",
  says: "Nothing more is asked of anybody for this play until it goes on.",
};
const resume: PlayMoveOffer = {
  move: "resume",
  label: "Go on",
  yes: "Go on",
  done: "goes on",
  says: "Its steps are asked for again, on the days that they had.",
};
const retire: PlayMoveOffer = {
  move: "retire",
  label: "Retire",
  yes: "Retire",
  done: "is retired",
  says: "This is final: a retired play does not start again, no account comes in any more, and no step is asked for.",
};

const offers: Readonly<Record<PlayStatus, readonly PlayMoveOffer[]>> = {
  draft: [launch, approve],
  approved: [launch],
  running: [pause, retire],
  paused: [resume, retire],
  retired: [],
};

/** What a person may do with a play of this status, and what will happen then. */
export const offerMoves = (status: PlayStatus): readonly PlayMoveOffer[] => offers[status];
