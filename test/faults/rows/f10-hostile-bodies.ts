import { createRandom } from "../../../hubspot-stand-in/seed/random.ts";
import { askDatabase } from "../../support/ask-database.ts";
import { plainPortal } from "../../support/plain-portal.ts";
import { count, type Figures, none, worst } from "../figures.ts";
import { createHeapWatch, watchable } from "../parts/heap-watch.ts";
import { goodDelivery, hostileKinds, type Target } from "../parts/hostile-bodies.ts";
import { sendHostile } from "../parts/send-hostile.ts";
import type { Stage } from "../parts/stage.ts";
import { withStage } from "../parts/with-stage.ts";
import type { Row, Trial } from "../row.ts";

const each = 1_000;
/** HubSpot keeps at most ten requests under way (hubspot-api.md §3.4). */
const atOnce = 10;

/** What strangers send to the webhook address: nothing of it may be stored, and nothing may break. */
export const f10: Row = {
  name: "F10",
  description: "hostile bodies and signatures",
  seeds: 1,
  backends: ["postgres"],
  run: (trial) => withStage(trial, { env: watchable }, (stage) => attack(stage, trial)),
};

async function attack(stage: Stage, trial: Trial): Promise<Figures> {
  const { seed, size, clean } = trial;
  const portalId = 4_713_000 + seed;
  stage.standIn.addPortal(plainPortal({ portalId, companies: 5, peopleEach: 10, nowAt: clean.nowAt }));
  await stage.portal(portalId).install();
  const { clientSecret: secret } = stage.standIn.app;
  const target: Target = { url: stage.appUrl, secret, portalId, strangerId: portalId + 500_000 };
  const times = Math.ceil(each * size.faults);
  const before = await countStored(stage);
  const heap = await createHeapWatch(stage.crew.web.process, stage.logFile);
  try {
    const { sent, failed, odd } = await sendAllKinds(stage, target, { seed, times, look: heap.look });
    for (const reason of [...new Set(odd)].slice(0, 10)) trial.tell?.(`    ${reason}`);
    const accepted = (await countStored(stage)) - before;
    return {
      kinds: count(hostileKinds.length),
      sent: count(sent),
      accepted: none(accepted),
      "5xx": none(failed),
      "unexpected answers": none(odd.length),
      ...(await replay(stage, target, times)),
      "heap at the end per heap at the beginning": worst(heap.growth(), 1.3),
    };
  } finally {
    heap.stop();
  }
}

interface Sending {
  readonly seed: number;
  readonly times: number;
  look(): Promise<void>;
}

/** Round about, so that every kind is met with a young heap and with an old one. */
async function sendAllKinds(stage: Stage, target: Target, { seed, times, look }: Sending) {
  const random = createRandom("F10", seed);
  const odd: string[] = [];
  let [sent, failed] = [0, 0];
  for (let number = 0; number < times; number += atOnce) {
    for (const kind of hostileKinds) {
      const requests = Array.from({ length: atOnce }, (_, n) => kind.make(target, random, sent + n));
      for (const status of await Promise.all(requests.map((request) => sendHostile(stage.appUrl, request)))) {
        sent += 1;
        if (status >= 500) failed += 1;
        if (!kind.answers.includes(status)) odd.push(`${kind.name} was answered with ${status}`);
      }
    }
    await look();
  }
  return { sent, failed, odd };
}

/** A good delivery, and then the same again and again while its signature holds: only the first counts. */
async function replay(stage: Stage, target: Target, times: number): Promise<Figures> {
  const delivery = goodDelivery(target, 999_999_999);
  const before = await countStored(stage);
  const first = await sendHostile(stage.appUrl, delivery);
  if (first !== 204) throw new Error(`a good delivery was answered with ${first}`);
  let refused = 0;
  for (let sent = 0; sent < times; sent += atOnce) {
    const again = await Promise.all(Array.from({ length: atOnce }, () => sendHostile(stage.appUrl, delivery)));
    refused += again.filter((status) => status !== 204).length;
  }
  return {
    "replayed deliveries stored again": none((await countStored(stage)) - before - 1),
    "replayed deliveries refused": none(refused),
  };
}

async function countStored(stage: Stage): Promise<number> {
  const [row] = await askDatabase<{ n: number }>(stage.databaseUrl, "SELECT count(*)::int AS n FROM inbox_events");
  return row?.n ?? 0;
}
