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

export const isWonDeal: RawBuilder<boolean> = sql`coalesce(${text("hs_is_closed_won")} = 'true' OR ${text("dealstage")} = 'closedwon', false)`;

/** As in the index `crm_records_closed_deals`, letter for letter: written in another way, the index is not found. */
export const isClosedDeal: RawBuilder<boolean> = sql`(${isWonDeal}
  OR coalesce(${text("hs_is_closed")} = 'true' OR ${text("dealstage")} = 'closedlost', false))`;
