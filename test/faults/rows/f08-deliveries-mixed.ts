import { setTimeout as sleep } from "node:timers/promises";
import { createRandom, type Random } from "../../../hubspot-stand-in/seed/random.ts";
import { atLeast, count, none } from "../figures.ts";
import { judgeDeliveries } from "../parts/deliveries.ts";
import { playTrial } from "../parts/play-trial.ts";
import { type Handling, hirePostman } from "../parts/postman.ts";
import { scoreLate } from "../parts/score-late.ts";
import { settle } from "../parts/settle.ts";
import { patientGapsMs, type Stage } from "../parts/stage.ts";
import type { Row } from "../row.ts";
import { backends } from "../size.ts";

const minuteMs = 60_000;
/** After the third failure HubSpot waits for 40 minutes to an hour. */
const gapsMs = [30, 300, 50 * minuteMs, ...patientGapsMs];
const hourlyTry = 3;
const slices = 10;
const mostCopies = 10;

export const f08: Row = {
  name: "F8",
  description: "duplicates × 1 to 10, shuffled, late by up to an hour, one eventId for all, changing attemptNumbers",
  seeds: 20,
  backends,
  run: (trial) => {
    const random = createRandom("F8", trial.seed);
    return playTrial(
      trial,
      async (stage, workload) => {
        const scoredLate = await scoreLate(stage, trial);
        const postman = await hirePostman(
          () => stage.appUrl,
          () => mishandle(random),
        );
        stage.detour(postman.url);
        try {
          for (let slice = 0; slice < slices; slice++) {
            workload.play(1 / slices);
            await sleep(random.int(0, 200));
          }
          await settleLate(stage, trial.patienceMs);
          const again = await sendAgain(stage, random, trial.patienceMs);
          const late = countLate(stage);
          return async () => ({
            // A small trial has few deliveries, and may have none that failed three times.
            "events late by half an hour": trial.size.faults < 1 ? count(late) : atLeast(late, 1),
            ...again,
            ...(await scoredLate()),
          });
        } finally {
          stage.detour(null);
          await postman.stop();
        }
      },
      { switches: { uniqueEventIds: false, webhookReorder: true }, gapsMs, env: { LEASE_MS: "20000" } },
    );
  },
};

async function settleLate(stage: Stage, patienceMs: number): Promise<void> {
  await stepUntilSettled(stage, patienceMs);
  await settle(stage, patienceMs);
}

/** What HubSpot holds back for an hour comes when its clock is stepped there. */
async function stepUntilSettled({ standIn }: Stage, patienceMs: number): Promise<void> {
  const endAt = Date.now() + patienceMs;
  let isSettled = false;
  void standIn.webhooks.settled().then(() => {
    isSettled = true;
  });
  for (; !isSettled; await sleep(300)) {
    if (Date.now() > endAt) throw new Error("deliveries are never settled");
    standIn.clock.step(20 * minuteMs);
  }
}

const countLate = ({ standIn }: Stage): number =>
  standIn.webhooks.sent
    .filter(({ outcome }) => typeof outcome === "number" && outcome < 400)
    .flatMap(({ at, events }) =>
      events.filter(({ attemptNumber, occurredAt }) => attemptNumber === hourlyTry && at - occurredAt >= 30 * minuteMs),
    ).length;

function mishandle(random: Random): Handling {
  const fate = random.weighted<Handling["fate"]>([
    ["delivered", 5],
    ["refused", 3],
    ["answer lost", 2],
  ]);
  return { fate, copies: random.chance(0.3) ? random.int(2, mostCopies) : 1 };
}

/** A day later, when everything has come to rest, a tenth of all requests come once more: nothing may move. */
async function sendAgain(stage: Stage, random: Random, patienceMs: number) {
  const { webhooks, requestLog } = stage.standIn;
  const before = await judgeDeliveries(stage);
  const late = [...webhooks.sent].filter(() => random.chance(0.1));
  const calls = requestLog.total();
  for (const { portalId, events } of late)
    webhooks.send(
      portalId,
      events.map((event) => ({ ...event, attemptNumber: 9 })),
    );
  await settleLate(stage, patienceMs);
  const after = await judgeDeliveries(stage);
  return {
    deliveries: count(after.requests),
    "late copies": count(late.reduce((sum, { events }) => sum + events.length, 0)),
    "late copies stored": none(after.stored - before.stored),
    "calls for late copies": none(requestLog.total() - calls),
  };
}
