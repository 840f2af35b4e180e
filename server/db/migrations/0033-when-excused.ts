import { type Kysely, sql } from "kysely";

/** When an alert was excused: what is done after that is another reason to reach out. Of older ones it is not known, and their crossing stands for it. */
export async function up(db: Kysely<never>): Promise<void> {
  await sql`ALTER TABLE hot_alerts ADD COLUMN excused_at bigint`.execute(db);
  await sql`UPDATE hot_alerts SET excused_at = crossed_at WHERE state = 'excused'`.execute(db);
}
