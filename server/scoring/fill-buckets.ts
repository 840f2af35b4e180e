import { kindNumber, knownKindCount, type SignalColumns } from "./signal-columns.ts";

/** Signals sorted by what a model's criteria ask for, so that an account's signals are read once for all of them. */
export interface Buckets {
  /** By number of the bucket: numbers of signals, newest first. Only the first `sizes` of each are this account's. */
  readonly members: readonly number[][];
  readonly sizes: readonly number[];
}

/**
 * Gives the function that sorts an account's signals into buckets, which for each bucket are those of a set of kinds. It
 * fills the same lists again at each call, because making them costs more than filling them: what it gives is
 * good until the next call.
 */
export function compileBuckets(kindsOfBucket: readonly (readonly string[])[]): (signals: SignalColumns) => Buckets {
  const members: number[][] = kindsOfBucket.map(() => []);
  const sizes: number[] = kindsOfBucket.map(() => 0);
  const buckets: Buckets = { members, sizes };
  const { ofKnown, ofOwn } = turnRound(kindsOfBucket);
  return ({ kinds, ownKinds }) => {
    sizes.fill(0);
    const ofAccountsOwn = ownKinds.size === 0 ? noneWanted : [...ownKinds.keys()].map((kind) => ofOwn.get(kind));
    for (let number = 0; number < kinds.length; number++) {
      const kind = kinds[number] ?? 0;
      const wanted = kind < knownKindCount ? ofKnown[kind] : ofAccountsOwn[kind - knownKindCount];
      if (wanted === undefined) continue;
      for (let index = 0; index < wanted.length; index++) {
        const bucket = wanted[index] ?? 0;
        const size = sizes[bucket] ?? 0;
        const list = members[bucket];
        if (list !== undefined) list[size] = number;
        sizes[bucket] = size + 1;
      }
    }
    return buckets;
  };
}

const noneWanted: readonly undefined[] = [];

/** From the kinds of each bucket to the buckets of each kind. */
function turnRound(kindsOfBucket: readonly (readonly string[])[]) {
  const ofKnown: number[][] = Array.from({ length: knownKindCount }, () => []);
  const ofOwn = new Map<string, number[]>();
  kindsOfBucket.forEach((kinds, bucket) => {
    for (const kind of kinds) {
      const known = kindNumber(kind);
      if (known === undefined) ofOwn.set(kind, [...(ofOwn.get(kind) ?? []), bucket]);
      else ofKnown[known]?.push(bucket);
    }
  });
  return { ofKnown, ofOwn };
}
