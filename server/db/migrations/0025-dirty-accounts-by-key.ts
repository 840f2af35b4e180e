import { type Kysely, sql } from "kysely";

/**
 * The three statements of the dirty table as functions: plans are kept by the connection, and made by rules instead of
 * statistics. The table is usually nearly empty, so the planner read and sorted all that waited in a portal for each claim, and
 * read it twice more to settle a hundred of them.
 */
export async function up(db: Kysely<never>): Promise<void> {
  await sql`
    CREATE FUNCTION mark_dirty(portal bigint, ids text[], urgency smallint) RETURNS void LANGUAGE plpgsql
      SET plan_cache_mode = force_generic_plan AS $$
    BEGIN
      INSERT INTO dirty_accounts AS a (portal_id, account_id, priority)
      SELECT DISTINCT portal, id, urgency FROM unnest(ids) AS t (id) ORDER BY id
      ON CONFLICT (portal_id, account_id) DO UPDATE SET version = a.version + 1, priority = least(a.priority, excluded.priority);
    END $$;

    -- By their places: they need no join. A row that moved meanwhile is left for the next claim. Nobody waits here for a lock, so
    -- that the order of locks is free.
    CREATE FUNCTION claim_dirty(portal bigint, most int, lease_ms int) RETURNS SETOF dirty_accounts LANGUAGE plpgsql
      SET plan_cache_mode = force_generic_plan
      SET enable_bitmapscan = off SET enable_seqscan = off SET enable_sort = off AS $$
    DECLARE
      started timestamptz := clock_timestamp();
    BEGIN
      RETURN QUERY
      WITH picked AS MATERIALIZED (
        SELECT ctid AS place FROM dirty_accounts
        WHERE portal_id = portal AND due_at <= started AND (lease_until IS NULL OR lease_until < started)
        ORDER BY priority, marked_at LIMIT most FOR UPDATE SKIP LOCKED
      )
      UPDATE dirty_accounts SET lease_until = clock_timestamp() + lease_ms * interval '1 millisecond'
      WHERE ctid = ANY(ARRAY(SELECT place FROM picked)) RETURNING *;
    END $$;

    -- Locked in the order of their keys, like marks. The lock answers with the row as it is then, so that a mark of a moment ago is
    -- seen. Looked up row by row: a join that was planned while the table was small reads all that waits for each claim.
    CREATE FUNCTION settle_dirty(portal bigint, ids text[], versions bigint[], leases timestamptz[]) RETURNS void LANGUAGE plpgsql
      SET plan_cache_mode = force_generic_plan SET enable_bitmapscan = off SET enable_seqscan = off AS $$
    DECLARE
      gone int;
    BEGIN
      WITH locked AS MATERIALIZED (
        SELECT a.place, a.version = d.version AS unmarked
        FROM (SELECT * FROM unnest(ids, versions, leases) AS c (id, version, lease) ORDER BY id) d CROSS JOIN LATERAL (
          SELECT ctid AS place, version FROM dirty_accounts
          WHERE portal_id = portal AND account_id = d.id AND lease_until = d.lease FOR UPDATE) a
      )
      DELETE FROM dirty_accounts WHERE ctid = ANY(ARRAY(SELECT place FROM locked WHERE unmarked));
      GET DIAGNOSTICS gone = ROW_COUNT;
      IF gone < cardinality(ids) THEN
        UPDATE dirty_accounts SET lease_until = NULL, attempts = 0, marked_at = clock_timestamp()
        WHERE ctid = ANY(ARRAY(
          SELECT a.place FROM unnest(ids, leases) AS d (id, lease) CROSS JOIN LATERAL (
            SELECT ctid AS place FROM dirty_accounts
            WHERE portal_id = portal AND account_id = d.id AND lease_until = d.lease OFFSET 0) a));
      END IF;
    END $$;
  `.execute(db);
}
