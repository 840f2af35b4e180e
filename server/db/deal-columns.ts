import { type RawBuilder, sql } from "kysely";

/** What a deal's properties say, for a query about `crm_records`. */
const text = (name: string) => sql`(properties ->> ${sql.lit(name)})`;

const amountText = sql`coalesce(nullif(${text("amount_in_home_currency")}, ''), ${text("amount")})`;

/** In the portal's currency where HubSpot says it so; null: no amount. */
export const dealAmount: RawBuilder<number | null> =
  sql`CASE WHEN ${amountText} ~ '^-?[0-9]+([.][0-9]+)?$' THEN (${amountText})::float8 END`;

/** Milliseconds; null for a time that is no ISO text: inside CASE nothing is cast that does not look like one. */
export const dealTime = (name: "createdate" | "closedate"): RawBuilder<number | null> => sql`
  CASE WHEN ${text(name)} ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z$'
    THEN (extract(epoch FROM (${text(name)})::timestamptz) * 1000)::float8 END`;

/** What `dealStateOf` says of a deal, in parts: a test holds the two together. `properties` is the column of its record. */
const wonOf = (properties: RawBuilder<unknown>) =>
  sql<boolean>`coalesce((${properties} ->> 'hs_is_closed_won') = 'true' OR (${properties} ->> 'dealstage') = 'closedwon', false)`;
const lostOf = (properties: RawBuilder<unknown>) =>
  sql<boolean>`coalesce((${properties} ->> 'hs_is_closed') = 'true' OR (${properties} ->> 'dealstage') = 'closedlost', false)`;

/** "open", "won" or "lost"; whatever is won is closed. */
export const dealStateSql = (properties: RawBuilder<unknown>): RawBuilder<string> =>
  sql<string>`CASE WHEN ${wonOf(properties)} THEN 'won' WHEN ${lostOf(properties)} THEN 'lost' ELSE 'open' END`;

export const isWonDeal = wonOf(sql`properties`);

/** As in the index `crm_records_closed_deals`, letter for letter: written in another way, the index is not found. */
export const isClosedDeal = sql<boolean>`(${isWonDeal} OR ${lostOf(sql`properties`)})`;
