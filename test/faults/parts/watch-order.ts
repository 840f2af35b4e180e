import { askDatabase } from "../../support/ask-database.ts";

/** From now on the database itself counts when something older is saved over something newer. Returns how to read the count. */
export async function watchOrder(databaseUrl: string): Promise<() => Promise<number>> {
  await askDatabase(
    databaseUrl,
    `CREATE TABLE older_over_newer (what text NOT NULL);
     CREATE FUNCTION note_older() RETURNS trigger LANGUAGE plpgsql AS $$
     BEGIN INSERT INTO older_over_newer VALUES (TG_TABLE_NAME); RETURN NULL; END $$;
     CREATE TRIGGER watch_order AFTER UPDATE ON crm_records FOR EACH ROW
       WHEN (NEW.read_no < OLD.read_no) EXECUTE FUNCTION note_older();
     CREATE TRIGGER watch_order AFTER UPDATE ON account_scores FOR EACH ROW
       WHEN (NEW.snapshot_no < OLD.snapshot_no) EXECUTE FUNCTION note_older();`,
  );
  return async () => {
    const [row] = await askDatabase<{ n: number }>(databaseUrl, "SELECT count(*)::int AS n FROM older_over_newer");
    return row?.n ?? 0;
  };
}
