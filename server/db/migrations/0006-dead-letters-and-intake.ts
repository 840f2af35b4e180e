import { type Kysely, sql } from "kysely";

/**
 * What a dead letter needs to be told and done again, and a cheaper intake (decision 0033): the key of an event begins with its
 * time, so that new rows stand side by side in the index, and a row holds nothing but its key; the statement that stores events
 * is a function, so that its plan is kept (planning cost as much as storing); it expects that all are new, as nearly always
 * they are, because asking each insert whether it was cost as much as the insert; a record that waits already and that nobody
 * has taken yet is not written again.
 */
export async function up(db: Kysely<never>): Promise<void> {
  await sql`
    ALTER TABLE dead_letters ADD COLUMN attempts int NOT NULL DEFAULT 1, ADD COLUMN needs int;
    ALTER TABLE dead_letters ADD CHECK (kind IN ('record', 'account'));

    DROP TABLE inbox_events;
    CREATE TABLE inbox_events (
      portal_id bigint NOT NULL,
      occurred_at bigint NOT NULL,
      dedupe_key bigint NOT NULL,
      PRIMARY KEY (portal_id, occurred_at, dedupe_key)
    ) PARTITION BY RANGE (occurred_at);
    CREATE TABLE inbox_events_rest PARTITION OF inbox_events DEFAULT;

    CREATE FUNCTION store_events(
      portal bigint, times bigint[], keys bigint[], object_types text[], object_ids text[], needs_of int[]
    ) RETURNS int LANGUAGE plpgsql SET lock_timeout = '3s' AS $$
    BEGIN
      PERFORM FROM portals p WHERE p.portal_id = portal AND p.status <> 'disconnected' FOR KEY SHARE;
      IF NOT FOUND THEN RETURN 0; END IF;
      BEGIN
        INSERT INTO inbox_events (portal_id, occurred_at, dedupe_key)
        SELECT portal, e.occurred_at, e.dedupe_key
        FROM (SELECT unnest(times) AS occurred_at, unnest(keys) AS dedupe_key) e
        ORDER BY e.occurred_at, e.dedupe_key;
      EXCEPTION WHEN unique_violation THEN
        RETURN NULL;
      END;
      INSERT INTO stale_records AS r (portal_id, object_type, object_id, needs)
      SELECT portal, w.object_type, w.object_id, w.needs
      FROM (SELECT unnest(object_types) AS object_type, unnest(object_ids) AS object_id, unnest(needs_of) AS needs) w
      ORDER BY w.object_type, w.object_id
      ON CONFLICT (portal_id, object_type, object_id) DO UPDATE
      SET version = r.version + 1, needs = r.needs | excluded.needs, priority = 0
      WHERE r.lease_until IS NOT NULL OR r.priority <> 0 OR r.needs | excluded.needs <> r.needs;
      RETURN cardinality(keys);
    END $$;
  `.execute(db);
}
