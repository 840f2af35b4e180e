import type { Budget, Priority } from "./hubspot-options.ts";

/**
 * A refusal answers whoever of its class asks within this time: lanes that were told the same moment come at the same moment.
 * Short, because a pause may be lifted.
 */
const toldMs = 250;
/** A longer wait is a pause that HubSpot wants. Whether it still does is asked: somebody may have ended it. */
const longestToldMs = 10_000;

interface Asker {
  readonly n: number;
  readonly priority: Priority;
  readonly answer: PromiseWithResolvers<number>;
}

interface Refusal {
  readonly n: number;
  readonly at: number;
  readonly waitMs: number;
}

/** Who of this process waits for one budget of one portal. */
interface Line {
  readonly askers: Asker[];
  readonly refusals: Map<Priority, Refusal>;
  isAsking: boolean;
}

/**
 * One statement at a time for each portal and kind of budget, the most urgent asker first. All processes take from one row; a
 * hundred lanes of backfills that ask at the same moment would stand there before a live call.
 */
export function takeInTurn(take: Budget["take"], mostUrgentFirst: readonly Priority[]): Budget["take"] {
  const lines = new Map<string, Line>();
  return async (portalId, kind, n, priority) => {
    const key = `${portalId}:${kind}`;
    const line: Line = lines.get(key) ?? { askers: [], refusals: new Map(), isAsking: false };
    lines.set(key, line);
    const asker = { n, priority, answer: Promise.withResolvers<number>() };
    line.askers.push(asker);
    if (!line.isAsking) void serve(line, mostUrgentFirst, (one) => take(portalId, kind, one.n, one.priority));
    return asker.answer.promise;
  };
}

async function serve(
  line: Line,
  mostUrgentFirst: readonly Priority[],
  ask: (asker: Asker) => Promise<number>,
): Promise<void> {
  line.isAsking = true;
  for (let asker = nextOf(line, mostUrgentFirst); asker; asker = nextOf(line, mostUrgentFirst)) {
    try {
      asker.answer.resolve(waitTold(line, asker) || (await askFor(line, asker, ask)));
    } catch (error) {
      // The database is away: whoever stands behind need not find out one after the other.
      for (const { answer } of [asker, ...line.askers.splice(0)]) answer.reject(error);
    }
  }
  line.isAsking = false;
}

async function askFor(line: Line, asker: Asker, ask: (asker: Asker) => Promise<number>): Promise<number> {
  const waitMs = await ask(asker);
  if (waitMs > 0 && waitMs <= longestToldMs)
    line.refusals.set(asker.priority, { n: asker.n, at: performance.now(), waitMs });
  else line.refusals.delete(asker.priority);
  return waitMs;
}

function nextOf({ askers }: Line, mostUrgentFirst: readonly Priority[]): Asker | undefined {
  const ranks = askers.map(({ priority }) => mostUrgentFirst.indexOf(priority));
  return askers.length > 0 ? askers.splice(ranks.indexOf(Math.min(...ranks)), 1)[0] : undefined;
}

/** What is left of the wait that somebody of the class was told who wanted no more; 0 when nobody was, or it is some time ago. */
function waitTold({ refusals }: Line, { n, priority }: Asker): number {
  const refusal = refusals.get(priority);
  if (!refusal || n < refusal.n) return 0;
  const sinceMs = performance.now() - refusal.at;
  return sinceMs < toldMs ? Math.max(0, Math.ceil(refusal.waitMs - sinceMs)) : 0;
}
