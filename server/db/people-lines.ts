import { sql } from "kysely";
import { between } from "./signal-lines.ts";

type Properties = Readonly<Record<string, string | null>>;

const after = "\x1d";

/** What anybody may have typed, without the characters that separate. */
const plain = (name: string) =>
  sql`coalesce(translate(properties ->> ${sql.lit(name)}, ${sql.lit(between + after)}, '  '), '')`;

/** An aggregate over rows of `crm_records`, read by `parsePeopleLines`: what scoring reads of people. */
export const peopleLines = sql`string_agg(object_id || ${between} || ${plain("jobtitle")} || ${between} || ${plain("hs_seniority")}
  || ${between} || ${plain("hs_buying_role")}, ${after})`;

export function parsePeopleLines(text: string | null): Map<string, Properties> {
  const people = new Map<string, Properties>();
  if (text === null) return people;
  for (const line of text.split(after)) {
    const [id = "", jobtitle = "", seniority = "", roles = ""] = line.split(between);
    people.set(id, { jobtitle, hs_seniority: seniority, hs_buying_role: roles });
  }
  return people;
}
