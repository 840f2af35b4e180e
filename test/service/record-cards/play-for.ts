import type { ClockedWorld } from "../../support/clocked-world.ts";

const step = { channel: "phone", side: "sales", role: null, personalisation: "strategic" };

/** A play with two steps of sales; returns its id. */
export async function playFor(
  world: ClockedWorld,
  { name, tier, launched }: { readonly name: string; readonly tier: string; readonly launched: boolean },
): Promise<string> {
  const steps = [
    { ...step, day: 0, what: "Call about the report" },
    { ...step, day: 7, what: "Call again" },
  ];
  const play = { name, tier, steps, handoff: { trigger: "a reply", responseHours: 24 } };
  const { playId } = await post(world, "/api/plays", { requestId: `play-${name}`, play });
  if (playId === undefined) throw new Error("the play has no id");
  await post(world, `/api/plays/${playId}/approve`, {});
  if (launched) await post(world, `/api/plays/${playId}/launch`, { overrideReason: "for the test" });
  return playId;
}

async function post(world: ClockedWorld, path: string, body: object): Promise<{ readonly playId?: string }> {
  const answer = await world.ask(path, "POST", body);
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
  return (await answer.json()) as { playId?: string };
}
