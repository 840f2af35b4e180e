import { createRandom } from "../../../hubspot-stand-in/seed/random.ts";
import { askDatabase } from "../../support/ask-database.ts";
import { count, type Figures, none } from "../figures.ts";
import { goodDelivery } from "../parts/hostile-bodies.ts";
import { playTrial } from "../parts/play-trial.ts";
import { sendHostile } from "../parts/send-hostile.ts";
import type { Stage } from "../parts/stage.ts";
import type { Workload } from "../parts/workload.ts";
import { createWrongClocks, type WrongClocks } from "../parts/wrong-clocks.ts";
import type { Row, Trial } from "../row.ts";
import { backends } from "../size.ts";

const minuteMs = 60_000;
const skews = [minuteMs, -minuteMs, 60 * minuteMs, -60 * minuteMs] as const;
const slicesEach = 8;
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Calendars of a worker and of the web server are wrong, and jump, while workers die. */
export const f09: Row = {
  name: "F9",
  description: "clocks wrong by a minute and by an hour, and set back",
  seeds: 20,
  backends,
  run: async (trial) => {
    const clocks = await createWrongClocks();
    try {
      return await playTrial(trial, (stage, workload) => misset(stage, workload, clocks, trial), { env: clocks.env });
    } finally {
      await clocks.stop();
    }
  },
};

async function misset(stage: Stage, workload: Workload, clocks: WrongClocks, { seed }: Trial): Promise<Figures> {
  const { crew } = stage;
  const [one, two] = crew.workers;
  if (!one || !two) throw new Error("there are no workers");
  const random = createRandom("F9", seed);
  const skew = skews[seed % skews.length] ?? minuteMs;
  await watchLeases(stage.databaseUrl);
  const play = async () => {
    for (let slice = 0; slice < slicesEach; slice++) {
      workload.play(1 / (5 * slicesEach));
      await sleep(random.int(100, 400));
    }
  };
  await clocks.set({ [one.port]: skew });
  await play();
  // The one whose clock is right dies with work in its hands: the other one, or its successor, has to find it.
  await crew.kill(two);
  await play();
  await crew.replace(two);
  await crew.kill(one);
  await crew.replace(one);
  await clocks.set({ [crew.web.port]: skew });
  const judged = await judgeSignatures(stage, skew);
  await play();
  await clocks.set({ [one.port]: -skew, [two.port]: skew });
  await play();
  await clocks.set({});
  await play();
  return {
    "double leases": none(await countDoubleLeases(stage.databaseUrl)),
    "signatures judged": count(judged.asked),
    "signatures judged wrongly": none(judged.wrong),
  };
}

/** The server goes by its own clock: what it takes for older than five minutes, or for later, is refused. */
async function judgeSignatures(stage: Stage, skew: number): Promise<{ asked: number; wrong: number }> {
  const { clientSecret: secret } = stage.standIn.app;
  // A portal that nobody knows: taken, and not stored.
  const target = { url: stage.appUrl, secret, portalId: 4_711, strangerId: 0 };
  const edge = 5 * minuteMs;
  const margin = 10_000;
  // It looks at its clock again within a moment.
  await sleep(500);
  const asked = [
    { age: 0, status: 204 },
    { age: edge - margin, status: 204 },
    { age: margin - edge, status: 204 },
    { age: edge + margin, status: 401 },
    { age: -edge - margin, status: 401 },
    { age: 60 * minuteMs, status: 401 },
  ];
  let wrong = 0;
  for (const [number, { age, status }] of asked.entries()) {
    const at = Date.now() + skew - age;
    if ((await sendHostile(stage.appUrl, goodDelivery(target, number, { at }))) !== status) wrong += 1;
  }
  return { asked: asked.length, wrong };
}

/** The database itself writes down when somebody takes what another one still has. */
async function watchLeases(databaseUrl: string): Promise<void> {
  await askDatabase(
    databaseUrl,
    `CREATE TABLE double_leases (taken_at timestamptz NOT NULL DEFAULT now());
     CREATE FUNCTION note_double_lease() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
       IF OLD.lease_until > clock_timestamp() AND NEW.lease_until > OLD.lease_until THEN INSERT INTO double_leases DEFAULT VALUES; END IF;
       RETURN NEW;
     END $$;
     CREATE TRIGGER note_double_lease BEFORE UPDATE ON stale_records FOR EACH ROW EXECUTE FUNCTION note_double_lease();
     CREATE TRIGGER note_double_lease BEFORE UPDATE ON dirty_accounts FOR EACH ROW EXECUTE FUNCTION note_double_lease();`,
  );
}

async function countDoubleLeases(databaseUrl: string): Promise<number> {
  const [row] = await askDatabase<{ n: number }>(databaseUrl, "SELECT count(*)::int AS n FROM double_leases");
  return row?.n ?? 0;
}
