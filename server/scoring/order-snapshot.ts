import type { AccountSnapshot } from "@touchstone/shared/account-snapshot.ts";
import { orderPeople } from "./order-people.ts";
import { orderSignals } from "./order-signals.ts";
import { type PeopleColumns, readPeople } from "./people-columns.ts";
import { readNumbers } from "./read-property.ts";
import { readSignals, type SignalColumns } from "./signal-columns.ts";

/**
 * A snapshot made ready for scoring, under any number of models and for any moment: people and signals in one certain order,
 * each once, whatever the order and the repetitions of the lists that came. A record names them by their number here.
 */
export interface OrderedSnapshot {
  readonly snapshot: AccountSnapshot;
  /** By name, of the properties that hold one. */
  readonly numbers: Readonly<Record<string, number>>;
  readonly people: PeopleColumns;
  readonly signals: SignalColumns;
}

/** Never changes its input. Fast for a snapshot that is in order already, as every stored one is. */
export function orderSnapshot(snapshot: AccountSnapshot): OrderedSnapshot {
  return {
    snapshot,
    numbers: readNumbers(snapshot.properties),
    people: readPeople(orderPeople(snapshot.people)),
    signals: readSignals(orderSignals(snapshot.signals)),
  };
}
