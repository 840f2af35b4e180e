import type { Crew, Post } from "./crew.ts";
import type { Call, Moment } from "./hubspot-wire.ts";

/** A known moment of a worker's call to HubSpot. */
export interface Point {
  readonly name: string;
  readonly moment: Moment;
  readonly path: RegExp;
}

const read = /\/objects\/.*\/batch\/read/;
const links = /\/associations\/.*\/batch\/read/;
const write = /\/batch\/update/;

/** From the claim to the commit there is always a call under way: these are the places where a crash could do harm. */
export const points: readonly Point[] = [
  { name: "claimed, not read", moment: "asked", path: read },
  { name: "read, not told", moment: "done", path: read },
  { name: "told, not saved", moment: "told", path: read },
  { name: "links read, not told", moment: "done", path: links },
  { name: "links told, not saved", moment: "told", path: links },
  { name: "scored, not written", moment: "asked", path: write },
  { name: "written, not told", moment: "done", path: write },
  { name: "told, not noted", moment: "told", path: write },
];

/** Runs `act` on the first worker that comes to the point, while its call waits there. Null when none does in time. */
export async function catchAt(
  crew: Crew,
  point: Point,
  act: (worker: Post) => Promise<void>,
  patienceMs = 10_000,
): Promise<Post | null> {
  const caught = Promise.withResolvers<Post | null>();
  const tooLong = setTimeout(() => caught.resolve(null), patienceMs);
  let isTaken = false;
  for (const worker of crew.workers) {
    worker.wire.listener = async (call) => {
      if (isTaken || !worker.isAlive || !isAt(call, point)) return;
      isTaken = true;
      await act(worker);
      caught.resolve(worker);
    };
  }
  try {
    return await caught.promise;
  } finally {
    clearTimeout(tooLong);
    for (const worker of crew.workers) worker.wire.listener = null;
  }
}

const isAt = ({ moment, path }: Call, point: Point) => moment === point.moment && point.path.test(path);
