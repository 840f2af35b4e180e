import type { SimulatedWorld } from "./simulated-world.ts";

export async function read<T>(world: SimulatedWorld, path: string): Promise<T> {
  const answer = await world.ask(path);
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${(await answer.text()).slice(0, 200)}`);
  return (await answer.json()) as T;
}

/** A refusal with a reason is an answer; only a server that breaks is a fault. */
export async function send(world: SimulatedWorld, path: string, body: object): Promise<{ ok: boolean; text: string }> {
  const answer = await world.ask(path, "POST", body);
  const text = await answer.text();
  if (answer.status >= 500 || answer.status === 401)
    throw new Error(`${path} answered ${answer.status}: ${text.slice(0, 200)}`);
  return { ok: answer.ok, text };
}
