import type { AppDefinition } from "../app-definition.ts";
import type { Clock } from "../clock.ts";
import type { Switches } from "../switches.ts";
import { postWebhook, type WebhookTry } from "./post-webhook.ts";
import type { WebhookEvent } from "./webhook-event.ts";

export interface WebhookTiming {
  /** How long events of a portal are collected before the first request. */
  readonly collectMs: number;
  /** HubSpot waits this long for an answer (hubspot-api.md §3.4). */
  readonly timeoutMs: number;
  /** 1 spreads ten tries over 24 hours; smaller is quicker. */
  readonly retryScale: number;
  /** The gaps between tries, before jitter and scale; after the last one an event is given up. */
  readonly gapsMs: readonly number[];
}

/** Ten tries in about 24 hours. */
const gapsMs = [60, 180, 600, 1_800, 3_600, 7_200, 14_400, 25_200, 32_400].map((seconds) => seconds * 1000);

export const defaultWebhookTiming: WebhookTiming = { collectMs: 100, timeoutMs: 5_000, retryScale: 1, gapsMs };

export interface SentWebhook extends WebhookTry {
  readonly at: number;
  readonly portalId: number;
  readonly events: readonly WebhookEvent[];
}

export interface WebhookParts {
  readonly app: AppDefinition;
  readonly clock: Clock;
  readonly switches: Switches;
  readonly timing: WebhookTiming;
  reach(url: string): string;
}

const mostEventsPerRequest = 100;
const mostInFlight = 10;
const longestLog = 10_000;

interface Queue {
  readonly portalId: number;
  events: WebhookEvent[];
  inFlight: number;
  collecting: boolean;
}

/** Owns the events that wait, the requests under way and the timers of their next tries, per portal. */
export class WebhookSender {
  /** The newest requests, oldest first, bounded. */
  readonly sent: SentWebhook[] = [];
  /** Events that no try brought home. */
  lost = 0;
  readonly #parts: WebhookParts;
  readonly #queues = new Map<number, Queue>();
  readonly #muted = new Set<number>();
  readonly #stopping = new AbortController();
  #wakes: (() => void)[] = [];
  #waitingLater = 0;
  #seen = 0;

  constructor(parts: WebhookParts) {
    this.#parts = parts;
  }

  send(portalId: number, events: readonly WebhookEvent[]): void {
    if (events.length === 0) return;
    if (this.#muted.has(portalId)) {
      this.lost += events.length;
      return;
    }
    this.#collect(portalId, events);
    if (!this.#parts.switches.webhookDuplicates) return;
    const copies = events.filter(() => ++this.#seen % 3 === 0);
    // Later, so that a copy comes in a request of its own.
    if (copies.length > 0) this.#later(this.#parts.timing.collectMs * 3, portalId, copies);
  }

  /** From now on a portal's events are lost for good, as after a day of vain tries; or no longer. */
  mute(portalId: number, muted = true): void {
    if (muted) this.#muted.add(portalId);
    else this.#muted.delete(portalId);
  }

  /** Resolves when nothing waits, is under way, or waits for another try. */
  settled(): Promise<void> {
    return this.#isSettled() ? Promise.resolve() : new Promise((resolve) => void this.#wakes.push(resolve));
  }

  stop(): void {
    this.#stopping.abort();
    for (const queue of this.#queues.values()) queue.events = [];
    this.#waitingLater = 0;
    this.#announce();
  }

  #collect(portalId: number, events: readonly WebhookEvent[]): void {
    if (this.#stopping.signal.aborted) return;
    const queue = this.#queues.get(portalId) ?? { portalId, events: [], inFlight: 0, collecting: false };
    this.#queues.set(portalId, queue);
    queue.events.push(...events);
    if (queue.collecting) return;
    queue.collecting = true;
    this.#parts.clock.after(this.#parts.timing.collectMs, () => {
      queue.collecting = false;
      this.#pump(queue);
    });
  }

  #pump(queue: Queue): void {
    const { app, switches } = this.#parts;
    if (switches.webhookReorder) shuffle(queue.events);
    const limit = Math.min(mostInFlight, app.webhooks.maxConcurrentRequests);
    while (queue.inFlight < limit && queue.events.length > 0) {
      queue.inFlight++;
      void this.#deliver(queue, queue.events.splice(0, mostEventsPerRequest));
    }
  }

  async #deliver(queue: Queue, events: readonly WebhookEvent[]): Promise<void> {
    const { app, clock, timing, reach } = this.#parts;
    const signal = AbortSignal.any([this.#stopping.signal, AbortSignal.timeout(timing.timeoutMs)]);
    const reachedUrl = reach(app.webhooks.targetUrl);
    const result = await postWebhook({ app, events, timestamp: clock.unsteppedNow(), reachedUrl, signal });
    this.sent.push({ at: clock.now(), portalId: queue.portalId, events, ...result });
    if (this.sent.length > longestLog) this.sent.shift();
    if (typeof result.outcome !== "number" || result.outcome >= 400) this.#retry(queue.portalId, events);
    queue.inFlight--;
    this.#pump(queue);
    this.#announce();
  }

  #retry(portalId: number, events: readonly WebhookEvent[]): void {
    const attemptNumber = (events[0]?.attemptNumber ?? 0) + 1;
    const gapMs = this.#parts.timing.gapsMs[attemptNumber - 1];
    if (gapMs === undefined || this.#stopping.signal.aborted) {
      this.lost += events.length;
      return;
    }
    const jitter = 0.8 + 0.4 * Math.random();
    const again = events.map((event) => ({ ...event, attemptNumber }));
    this.#later(gapMs * this.#parts.timing.retryScale * jitter, portalId, again);
  }

  #later(delayMs: number, portalId: number, events: readonly WebhookEvent[]): void {
    this.#waitingLater++;
    this.#parts.clock.after(delayMs, () => {
      this.#waitingLater--;
      this.#collect(portalId, events);
    });
  }

  #isSettled(): boolean {
    return (
      this.#waitingLater === 0 && [...this.#queues.values()].every((q) => q.events.length === 0 && q.inFlight === 0)
    );
  }

  #announce(): void {
    if (!this.#isSettled()) return;
    for (const wake of this.#wakes.splice(0)) wake();
  }
}

function shuffle(events: WebhookEvent[]): void {
  for (let last = events.length - 1; last > 0; last--) {
    const other = Math.floor(Math.random() * (last + 1));
    const [a, b] = [events[last], events[other]];
    if (a && b) [events[last], events[other]] = [b, a];
  }
}
