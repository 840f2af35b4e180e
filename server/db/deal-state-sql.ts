import { type RawBuilder, sql } from "kysely";

/** What `dealStateOf` says of a deal: "open", "won" or "lost". `properties` is the column of its record. */
export const dealStateSql = (properties: RawBuilder<unknown>): RawBuilder<string> => sql<string>`CASE
  WHEN ${properties} ->> 'hs_is_closed_won' = 'true' OR ${properties} ->> 'dealstage' = 'closedwon' THEN 'won'
  WHEN ${properties} ->> 'hs_is_closed' = 'true' OR ${properties} ->> 'dealstage' = 'closedlost' THEN 'lost' ELSE 'open' END`;
