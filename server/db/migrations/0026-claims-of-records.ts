import { type Kysely, sql } from "kysely";

/**
 * Claims of records look at those that they take. Every claim read and sorted all that waited in its portal: the work of an import, or
 * of a comparison of a whole portal, grew with the square of its records. Like those of accounts (0025), they are functions.
 */
export async function up(db: Kysely<never>): Promise<void> {
  await sql`
    CREATE INDEX stale_records_marked ON stale_records (portal_id, object_type, priority, marked_at);
    CREATE INDEX stale_records_erasures ON stale_records (portal_id, priority, marked_at) WHERE needs & 4 > 0;

    -- The types of which something waits, each found behind the one before.
    CREATE FUNCTION stale_types(portal bigint) RETURNS SETOF text LANGUAGE plpgsql
      SET plan_cache_mode = force_generic_plan SET enable_bitmapscan = off SET enable_seqscan = off AS $$
    DECLARE
      last text := '';
    BEGIN
      LOOP
        SELECT object_type INTO last FROM stale_records WHERE portal_id = portal AND object_type > last
        ORDER BY object_type LIMIT 1;
        EXIT WHEN NOT FOUND;
        RETURN NEXT last;
      END LOOP;
    END $$;

    -- When the first live mark that nobody has claimed was made.
    CREATE FUNCTION oldest_stale(portal bigint) RETURNS timestamptz LANGUAGE plpgsql
      SET plan_cache_mode = force_generic_plan
      SET enable_bitmapscan = off SET enable_seqscan = off SET enable_sort = off AS $$
    DECLARE
      started timestamptz := clock_timestamp();
    BEGIN
      RETURN (
        SELECT min(first.marked_at) FROM stale_types(portal) AS t (type) CROSS JOIN LATERAL (
          SELECT s.marked_at FROM stale_records s
          WHERE s.portal_id = portal AND s.object_type = t.type AND s.priority = 0
            AND s.due_at <= started AND (s.lease_until IS NULL OR s.lease_until < started)
          ORDER BY s.portal_id, s.object_type, s.priority, s.marked_at LIMIT 1) first);
    END $$;

    -- Nobody waits here for a lock, so that the order of locks is free. live_until null: only what is to be erased.
    CREATE FUNCTION claim_stale(portal bigint, most int, lease_ms int, live_until timestamptz) RETURNS SETOF stale_records
      LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan
      SET enable_bitmapscan = off SET enable_seqscan = off SET enable_sort = off AS $$
    DECLARE
      started timestamptz := clock_timestamp();
      erases boolean := true;
      chosen text;
      urgency smallint;
      places tid[];
    BEGIN
      SELECT s.object_type, s.priority INTO chosen, urgency FROM stale_records s
      WHERE s.portal_id = portal AND s.needs & 4 > 0
        AND s.due_at <= started AND (s.lease_until IS NULL OR s.lease_until < started)
      ORDER BY s.portal_id, s.priority, s.marked_at LIMIT 1;
      IF NOT FOUND THEN
        erases := false;
        SELECT t.type, 0 INTO chosen, urgency FROM stale_types(portal) AS t (type) CROSS JOIN LATERAL (
          SELECT s.marked_at FROM stale_records s
          WHERE s.portal_id = portal AND s.object_type = t.type AND s.priority = 0 AND s.marked_at <= live_until
            AND s.due_at <= started AND (s.lease_until IS NULL OR s.lease_until < started)
          ORDER BY s.portal_id, s.object_type, s.priority, s.marked_at LIMIT 1) first
        ORDER BY first.marked_at LIMIT 1;
      END IF;
      IF NOT FOUND AND live_until IS NOT NULL THEN
        SELECT t.type, first.priority INTO chosen, urgency FROM stale_types(portal) AS t (type) CROSS JOIN LATERAL (
          SELECT s.priority, s.marked_at FROM stale_records s
          WHERE s.portal_id = portal AND s.object_type = t.type AND s.priority > 0
            AND s.due_at <= started AND (s.lease_until IS NULL OR s.lease_until < started)
          ORDER BY s.portal_id, s.object_type, s.priority, s.marked_at LIMIT 1) first
        ORDER BY first.priority, first.marked_at LIMIT 1;
      END IF;
      IF chosen IS NULL THEN RETURN; END IF;
      IF erases THEN
        places := ARRAY(
          SELECT s.ctid FROM stale_records s
          WHERE s.portal_id = portal AND s.needs & 4 > 0 AND s.priority = urgency AND s.object_type = chosen
            AND s.due_at <= started AND (s.lease_until IS NULL OR s.lease_until < started)
          ORDER BY s.portal_id, s.priority, s.marked_at LIMIT most FOR UPDATE SKIP LOCKED);
      ELSE
        places := ARRAY(
          SELECT s.ctid FROM stale_records s
          WHERE s.portal_id = portal AND s.object_type = chosen AND s.priority = urgency AND (urgency > 0 OR s.marked_at <= live_until)
            AND s.due_at <= started AND (s.lease_until IS NULL OR s.lease_until < started)
          ORDER BY s.portal_id, s.object_type, s.priority, s.marked_at LIMIT most FOR UPDATE SKIP LOCKED);
      END IF;
      RETURN QUERY UPDATE stale_records SET lease_until = clock_timestamp() + lease_ms * interval '1 millisecond'
      WHERE ctid = ANY(places) RETURNING *;
    END $$;
  `.execute(db);
}
