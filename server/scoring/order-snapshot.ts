import type { AccountSnapshot } from "@touchstone/shared/account-snapshot.ts";
import { orderPeople } from "./order-people.ts";
import { orderSignals } from "./order-signals.ts";

declare const ordered: unique symbol;

/** A snapshot whose people and signals are known to be in order, each once. The brand costs nothing at run time. */
export type OrderedSnapshot = AccountSnapshot & { readonly [ordered]: true };

/** Checks the order, which every stored snapshot has, and makes it where it is not. Never changes its input. */
export function orderSnapshot(snapshot: AccountSnapshot): OrderedSnapshot {
  const people = orderPeople(snapshot.people);
  const signals = orderSignals(snapshot.signals);
  const isOrdered = people === snapshot.people && signals === snapshot.signals;
  return (isOrdered ? snapshot : { ...snapshot, people, signals }) as OrderedSnapshot;
}
