import { Counter, collectDefaultMetrics, Histogram, Registry } from "prom-client";

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
  const jobs = new Counter({
    name: "touchstone_jobs_total",
    help: "Jobs by name and outcome",
    labelNames: ["job", "outcome"],
    registers,
  });
  return { events, refused, hubspot, hubspotSeconds, scored, written, delay, jobs };
}

export function createMetrics() {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const { events, refused, hubspot, hubspotSeconds, scored, written, delay, jobs } = createInstruments(registry);
  return {
    registry,
    received: (stored: number, seen: number, echoes: number, unreadable: number) => {
      events.inc({ outcome: "stored" }, stored);
      events.inc({ outcome: "seen" }, seen);
      events.inc({ outcome: "echo" }, echoes);
      events.inc({ outcome: "unreadable" }, unreadable);
    },
    refused: (reason: string) => refused.inc({ reason }),
    onRequest: (request: { family: string; status: number; ms: number }) => {
      hubspot.inc({ family: request.family, status: String(request.status) });
      hubspotSeconds.observe({ family: request.family }, request.ms / 1000);
    },
    scored: (count: number) => scored.inc(count),
    written: (count: number) => written.inc({ outcome: "written" }, count),
    writeRefused: (count: number) => written.inc({ outcome: "refused" }, count),
    visibleAfter: (ms: number) => delay.observe(ms / 1000),
    jobEnded: (job: string, outcome: "done" | "failed") => jobs.inc({ job, outcome }),
  };
}
