import type { PortalId } from "@touchstone/shared/ids.ts";
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import { createSuccessRate } from "./hubspot/success-rate.ts";

/** One function per moment of the business; names and labels of the measurements stand only here. */
export type Metrics = ReturnType<typeof createMetrics>;

const seconds = [0.05, 0.1, 0.25, 0.5, 1, 2, 3, 5, 10, 30, 60, 300, 3600];

function createInstruments(registry: Registry) {
  const registers = [registry];
  const events = new Counter({
    name: "touchstone_events_total",
    help: "Webhook events by what became of them",
    labelNames: ["outcome"],
    registers,
  });
  const refused = new Counter({
    name: "touchstone_refused_requests_total",
    help: "Requests refused, by reason",
    labelNames: ["reason"],
    registers,
  });
  const hubspot = new Counter({
    name: "touchstone_hubspot_requests_total",
    help: "Requests sent to HubSpot. Certification wants 95 % of them to succeed",
    labelNames: ["family", "status"],
    registers,
  });
  const hubspotSeconds = new Histogram({
    name: "touchstone_hubspot_request_seconds",
    help: "Time of requests to HubSpot",
    labelNames: ["family"],
    buckets: seconds,
    registers,
  });
  const scored = new Counter({ name: "touchstone_scores_total", help: "Accounts scored", registers });
  const written = new Counter({
    name: "touchstone_writes_total",
    help: "Results written to HubSpot, by outcome",
    labelNames: ["outcome"],
    registers,
  });
  const delay = new Histogram({
    name: "touchstone_change_to_written_seconds",
    help: "From the moment an account became dirty to its result standing in HubSpot",
    buckets: seconds,
    registers,
  });
  const drift = new Counter({
    name: "touchstone_drift_total",
    help: "Differences that a comparison with HubSpot found, by kind. Many of them: webhooks get lost",
    labelNames: ["kind"],
    registers,
  });
  const jobs = new Counter({
    name: "touchstone_jobs_total",
    help: "Jobs by name and outcome",
    labelNames: ["job", "outcome"],
    registers,
  });
  const letters = new Gauge({
    name: "touchstone_dead_letters",
    help: "Records and accounts laid aside after all attempts, of all portals; every process says the same",
    labelNames: ["kind"],
    registers,
  });
  return { events, refused, hubspot, hubspotSeconds, scored, written, delay, drift, jobs, letters };
}

/** Portals named in the measurements: more labels than an operator can look at would only cost memory. */
const namedPortals = 20;
/** Fewer requests in the window say nothing about a portal. */
const fewestRequests = 20;

function measureSuccess(registry: Registry) {
  const success = createSuccessRate(Date.now);
  new Gauge({
    name: "touchstone_hubspot_success_ratio",
    help: "Share of HubSpot requests of the last hour that succeeded: of all, and of the portals that are worst off",
    labelNames: ["portal"],
    registers: [registry],
    collect() {
      this.reset();
      this.set({ portal: "all" }, success.ofAll() ?? 1);
      for (const { portalId, rate } of success.worst(namedPortals, fewestRequests))
        this.set({ portal: String(portalId) }, rate);
    },
  });
  return success;
}

export function createMetrics() {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const success = measureSuccess(registry);
  const { events, refused, hubspot, hubspotSeconds, scored, written, delay, drift, jobs, letters } =
    createInstruments(registry);
  return {
    registry,
    received: (stored: number, seen: number, echoes: number, unreadable: number) => {
      events.inc({ outcome: "stored" }, stored);
      events.inc({ outcome: "seen" }, seen);
      events.inc({ outcome: "echo" }, echoes);
      events.inc({ outcome: "unreadable" }, unreadable);
    },
    refused: (reason: string) => refused.inc({ reason }),
    onRequest: (request: { portalId: PortalId | null; family: string; status: number; ms: number }) => {
      success.record(request.portalId, request.status >= 200 && request.status < 300);
      hubspot.inc({ family: request.family, status: String(request.status) });
      hubspotSeconds.observe({ family: request.family }, request.ms / 1000);
    },
    scored: (count: number) => scored.inc(count),
    written: (count: number) => written.inc({ outcome: "written" }, count),
    writeRefused: (count: number) => written.inc({ outcome: "refused" }, count),
    drifted: (kind: string, count: number) => drift.inc({ kind }, count),
    visibleAfter: (ms: number) => delay.observe(ms / 1000),
    lettersCounted: (counts: readonly { kind: "record" | "account"; letters: number }[]) => {
      for (const kind of ["record", "account"] as const) {
        const own = counts.filter((count) => count.kind === kind);
        letters.set(
          { kind },
          own.reduce((sum, count) => sum + count.letters, 0),
        );
      }
    },
    jobEnded: (job: string, outcome: "done" | "failed") => jobs.inc({ job, outcome }),
  };
}
