import { sql } from "kysely";
import type { Invariant } from "./invariant.ts";

interface TaskRow {
  readonly marker: string;
  readonly taskId: string | null;
  readonly state: string;
}

/**
 * HubSpot holds one task for each alert and each step that is due, and no other of ours, however often its answer was lost. Its subject
 * carries the marker; what of it is the same for two alerts is not asked here.
 */
export const noTaskTwice: Invariant = {
  name: "no task twice",
  check: async ({ world }) => {
    const { rows } = await sql<TaskRow>`
      SELECT marker, task_id AS "taskId", state FROM tasks WHERE portal_id = ${world.portalId}`.execute(world.db);
    const wanted = new Map(rows.flatMap((row) => (row.state === "made" ? [[row.taskId ?? "", row.marker]] : [])));
    const breaches: string[] = [];
    const subjects = new Set<string>();
    for (const { id, properties } of world.ownTasks()) {
      const subject = properties.hs_task_subject ?? "";
      const marker = /\[([^\]]+)\]/.exec(subject)?.[1] ?? subject;
      if (subjects.has(marker)) breaches.push(`two tasks are made for ${marker}`);
      subjects.add(marker);
      if (!wanted.delete(id)) breaches.push(`nobody wants task ${id}, "${subject}"`);
    }
    for (const marker of wanted.values()) breaches.push(`the task of ${marker} is noted as made and not in HubSpot`);
    const { rows: bare } = await sql<{ account: string }>`
      SELECT account_id AS account FROM hot_alerts h WHERE portal_id = ${world.portalId} AND NOT EXISTS (
        SELECT FROM tasks t WHERE t.portal_id = h.portal_id AND t.kind = 'hot' AND t.crossed_at = h.crossed_at)`.execute(
      world.db,
    );
    return [...breaches, ...bare.map(({ account }) => `the alert of ${account} has no task`)];
  },
};
