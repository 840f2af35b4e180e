import { type Migration, Migrator } from "kysely/migration";
import type { Database } from "./database.ts";
import * as mainPath from "./migrations/0001-main-path.ts";
import * as signalsAndModels from "./migrations/0002-signals-and-models.ts";
import * as compactScores from "./migrations/0003-compact-scores.ts";
import * as syncAtScale from "./migrations/0004-sync-at-scale.ts";
import * as reconcile from "./migrations/0005-reconcile.ts";
import * as deadLettersAndIntake from "./migrations/0006-dead-letters-and-intake.ts";
import * as tiers from "./migrations/0010-tiers.ts";
import * as hotAccounts from "./migrations/0011-hot-accounts.ts";
import * as targetList from "./migrations/0012-target-list.ts";
import * as committee from "./migrations/0013-committee.ts";
import * as plays from "./migrations/0014-plays.ts";
import * as portalSettings from "./migrations/0015-portal-settings.ts";
import * as costs from "./migrations/0016-costs.ts";
import * as followUp from "./migrations/0017-follow-up.ts";
import * as programmeOutputs from "./migrations/0018-programme-outputs.ts";
import * as home from "./migrations/0019-home.ts";
import * as verdicts from "./migrations/0020-verdicts.ts";
import * as writeDelays from "./migrations/0021-write-delays.ts";
import * as mirrorTurns from "./migrations/0023-mirror-turns.ts";
import * as dirtyAccountsByKey from "./migrations/0025-dirty-accounts-by-key.ts";
import * as claimsOfRecords from "./migrations/0026-claims-of-records.ts";
import * as sendings from "./migrations/0027-sendings.ts";
import * as oneOpenAlert from "./migrations/0028-one-open-alert.ts";
import * as formerTargets from "./migrations/0029-former-targets.ts";
import * as leavingPortals from "./migrations/0030-leaving-portals.ts";
import * as refusals from "./migrations/0031-refusals.ts";
import * as sinceWhen from "./migrations/0033-since-when.ts";
import * as whatReportsCompare from "./migrations/0035-what-reports-compare.ts";
import * as highestScoresFirst from "./migrations/0036-highest-scores-first.ts";

/** In the order of their names, which never change once released. */
const migrations: Record<string, Migration> = {
  "0001-main-path": mainPath,
  "0002-signals-and-models": signalsAndModels,
  "0003-compact-scores": compactScores,
  "0004-sync-at-scale": syncAtScale,
  "0005-reconcile": reconcile,
  "0006-dead-letters-and-intake": deadLettersAndIntake,
  "0010-tiers": tiers,
  "0011-hot-accounts": hotAccounts,
  "0012-target-list": targetList,
  "0013-committee": committee,
  "0014-plays": plays,
  "0015-portal-settings": portalSettings,
  "0016-costs": costs,
  "0017-follow-up": followUp,
  "0019-home": home,
  "0018-programme-outputs": programmeOutputs,
  "0021-write-delays": writeDelays,
  "0020-verdicts": verdicts,
  "0023-mirror-turns": mirrorTurns,
  "0025-dirty-accounts-by-key": dirtyAccountsByKey,
  "0026-claims-of-records": claimsOfRecords,
  "0027-sendings": sendings,
  "0028-one-open-alert": oneOpenAlert,
  "0029-former-targets": formerTargets,
  "0030-leaving-portals": leavingPortals,
  "0031-refusals": refusals,
  "0033-since-when": sinceWhen,
  "0035-what-reports-compare": whatReportsCompare,
  "0036-highest-scores-first": highestScoresFirst,
};

/** Brings the database up to date. Several processes may start at once: the migrator holds a lock. */
export async function migrate(db: Database): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } });
  const { error } = await migrator.migrateToLatest();
  if (error) throw error;
}
