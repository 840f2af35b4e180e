import pg from "pg";

/** Takes every connection that PostgreSQL has, those of the program too. Resolves with what gives them back. */
export async function holdConnections(clusterUrl: string, databaseUrl: string): Promise<() => Promise<void>> {
  const admin = await connect(clusterUrl);
  const held: pg.Client[] = [];
  const takeAll = async () => {
    for (;;) {
      const client = await connect(clusterUrl).catch(() => null);
      if (!client) return;
      held.push(client);
    }
  };
  await takeAll();
  const name = new URL(databaseUrl).pathname.slice(1);
  const { rows } = await admin.query<{ pid: number }>("SELECT pid FROM pg_stat_activity WHERE datname = $1", [name]);
  for (const { pid } of rows) {
    await admin.query("SELECT pg_terminate_backend($1)", [pid]);
    await takeAll();
  }
  return async () => {
    await Promise.all([admin, ...held].map((client) => client.end()));
  };
}

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, application_name: "holder" });
  // Lost with the database that a later fault takes away.
  client.on("error", () => undefined);
  await client.connect();
  return client;
}
