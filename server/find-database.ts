import { findEmbeddedDatabase } from "./db/find-embedded-database.ts";
import { BadRequest } from "./errors.ts";

/** The database that a tool is to work on: the one that is named, or the embedded one while it runs. */
export async function findDatabase(stores: { databaseUrl: string | null; dataDir: string }): Promise<string> {
  const { databaseUrl, dataDir } = stores;
  if (databaseUrl) return databaseUrl;
  const embedded = await findEmbeddedDatabase(dataDir);
  if (embedded.state === "running") return embedded.url;
  throw new BadRequest(
    embedded.state === "stopped"
      ? `The database in ${dataDir} is not running. Start Touchstone ("npm start") and ask again, or set DATABASE_URL.`
      : `There is no database in ${dataDir}. Set DATABASE_URL, or DATA_DIR to the folder that Touchstone uses.`,
  );
}
