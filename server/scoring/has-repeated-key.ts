import type { Signal } from "@touchstone/shared/account-snapshot.ts";

const smallest = 64;
const largest = 4096;
const slots = new Int32Array(largest);

/**
 * Whether two signals have one key. A table of its own rather than a Set, which costs more than all of scoring (3 µs
 * instead of 1 for 50 signals); the table is scratch, wiped at each call and never read after it.
 */
export function hasRepeatedKey(signals: readonly Signal[]): boolean {
  const count = signals.length;
  if (count < 2) return false;
  if (count > largest / 2) return new Set(signals.map((signal) => signal.key)).size < count;
  let size = smallest;
  while (size < count * 2) size *= 2;
  slots.fill(0, 0, size);
  let probes = 0;
  for (let index = 0; index < count; index++) {
    const key = signals[index]?.key ?? "";
    let slot = hashOf(key) & (size - 1);
    for (let other = slots[slot] ?? 0; other !== 0; other = slots[slot] ?? 0) {
      if (signals[other - 1]?.key === key) return true;
      // Keys that were made to collide cost no more than a Set.
      if (++probes > count * 8) return new Set(signals.map((signal) => signal.key)).size < count;
      slot = (slot + 1) & (size - 1);
    }
    slots[slot] = index + 1;
  }
  return false;
}

/** Keys of one account differ at their ends, where the record and the day stand. */
function hashOf(key: string): number {
  const { length } = key;
  let hash = length;
  hash = Math.imul(hash, 31) + key.charCodeAt(length - 1);
  hash = Math.imul(hash, 31) + key.charCodeAt(length - 2);
  hash = Math.imul(hash, 31) + key.charCodeAt(length - 3);
  hash = Math.imul(hash, 31) + key.charCodeAt(length >> 1);
  return hash ^ (hash >>> 7);
}
