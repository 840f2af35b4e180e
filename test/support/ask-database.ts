import pg from "pg";

/** One question to a world's database, from outside the program. */
export async function askDatabase<Row extends object>(
  databaseUrl: string,
  text: string,
  values: readonly unknown[] = [],
): Promise<Row[]> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    return (await client.query<Row>(text, [...values])).rows;
  } finally {
    await client.end();
  }
}

/** How many rows of a portal each table holds; tables are listed by the database itself. */
export async function countPortalRows(databaseUrl: string, portalId: number): Promise<Record<string, number>> {
  const tables = await askDatabase<{ name: string }>(
    databaseUrl,
    `SELECT table_name AS name FROM information_schema.columns WHERE table_schema = 'public' AND column_name = 'portal_id'`,
  );
  const counts: Record<string, number> = {};
  for (const { name } of tables) {
    const [row] = await askDatabase<{ n: number }>(
      databaseUrl,
      `SELECT count(*)::int AS n FROM "${name}" WHERE portal_id = $1`,
      [portalId],
    );
    if (row && row.n > 0) counts[name] = row.n;
  }
  return counts;
}
