import { z } from "zod";

/**
 * The only reader of the environment. Every fault is reported at once, so that a person repairs all of it in one go.
 * The table in README.md is checked against `settings` by a test.
 */
const flagUrl = z.url({
  protocol: /^https?$/,
  message: "must be an http(s) address, for example https://touchstone.example.com",
});

const tokenKeys = z
  .string()
  .transform((text) => text.split(",").map((part) => part.trim()))
  .pipe(
    z
      .array(
        z.string().regex(/^[A-Za-z0-9_-]{1,16}:[A-Za-z0-9+/]{43}=$/, {
          message: "each key is an id, a colon and 32 bytes in base64: k1:… (openssl rand -base64 32)",
        }),
      )
      .min(1)
      .max(10)
      // Two keys with one id: what the first sealed would be opened with the second, and never again.
      .refine((keys) => new Set(keys.map((key) => key.split(":")[0])).size === keys.length, {
        message: "two keys have the same id",
      }),
  )
  .transform((parts) =>
    parts.map((part) => ({ id: part.slice(0, part.indexOf(":")), key: part.slice(part.indexOf(":") + 1) })),
  );

export const settings = {
  PORT: z.coerce.number().int().min(0).max(65535).default(3000).describe("Port to listen on; 0 picks a free one."),
  HOST: z
    .string()
    .min(1)
    .default("127.0.0.1")
    .describe("Address to listen on; 0.0.0.0 behind a proxy or in a container."),
  PUBLIC_URL: flagUrl.describe("Address under which HubSpot reaches this server. Signatures are made over it."),
  ROLE: z.enum(["all", "web", "worker"]).default("all").describe("What this process does."),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, { message: "must begin with postgres://" })
    .optional()
    .describe("PostgreSQL 15 or newer. Absent: a PostgreSQL of our own, kept in DATA_DIR."),
  DATA_DIR: z.string().min(1).default(".data").describe("Folder of the embedded PostgreSQL."),
  REDIS_URL: z
    .string()
    .regex(/^rediss?:\/\//, { message: "must begin with redis://" })
    .optional()
    .describe("Redis 6.2 or newer for the queue. Absent: the queue lives in PostgreSQL."),
  HUBSPOT_CLIENT_ID: z.string().min(1).max(200).describe("Client id of the HubSpot app."),
  HUBSPOT_CLIENT_SECRET: z
    .string()
    .min(8)
    .max(200)
    .describe("Client secret of the HubSpot app; also checks signatures."),
  HUBSPOT_PREVIOUS_CLIENT_SECRET: z
    .string()
    .min(8)
    .max(200)
    .optional()
    .describe("The secret before the last rotation: its signatures still hold."),
  HUBSPOT_APP_ID: z.coerce
    .number()
    .int()
    .positive()
    .describe("Id of the HubSpot app; tells our own writes from others'."),
  APP_OBJECTS_APPROVED: z
    .enum(["true", "false"])
    .default("false")
    .describe("Whether HubSpot has granted the names of our app objects; also read by npm run hubspot:build."),
  HUBSPOT_API_URL: flagUrl.default("https://api.hubapi.com").describe("HubSpot's API."),
  HUBSPOT_APP_URL: flagUrl.default("https://app.hubspot.com").describe("HubSpot's web app, for the install page."),
  TOKEN_KEYS: tokenKeys.describe(
    "Keys that encrypt OAuth tokens: id:base64, comma separated. The first encrypts, all decrypt.",
  ),
  METRICS_TOKEN: z
    .string()
    .min(16)
    .max(200)
    .optional()
    .describe("Bearer token for /metrics. Absent: only this machine, and only while PUBLIC_URL is an address of it."),
  OPERATOR_PASSWORD: z
    .string()
    .min(16)
    .max(200)
    .optional()
    .describe("Password of the operators' queue page, /operators/queue. Absent: there is no such page."),
  DRAIN_MS: z.coerce
    .number()
    .int()
    .min(0)
    .max(60_000)
    .default(0)
    .describe(
      "How long requests are still taken after SIGTERM, in milliseconds, while /readyz says 503 already: time for a balancer to turn to others.",
    ),
  LOG_LEVEL: z
    .enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"])
    .default("info")
    .describe("How much is logged."),
  SETTLE_MS: z.coerce
    .number()
    .int()
    .min(0)
    .max(60_000)
    .default(500)
    .describe(
      "How long changes of a portal may gather before they are read, in milliseconds; four and twenty times as long when little of its budget is left.",
    ),
  COUNTER_POLL_MS: z.coerce
    .number()
    .int()
    .min(0)
    .max(86_400_000)
    .default(900_000)
    .describe(
      "How often one-to-one emails and counters, of which no webhook tells, are looked for, in milliseconds; 0: only at night.",
    ),
  LEASE_MS: z.coerce
    .number()
    .int()
    .min(1_000)
    .max(600_000)
    .default(60_000)
    .describe(
      "How long work stays with the process that took it, in milliseconds. What a crash left is taken over after it; clocks of the processes must not differ by more.",
    ),
  KEEP_EVENTS_DAYS: z.coerce
    .number()
    .int()
    .min(2)
    .max(400)
    .default(30)
    .describe("Days for which the keys of webhook events are kept; a repeated one is known as long."),
  KEEP_HISTORY_DAYS: z.coerce
    .number()
    .int()
    .min(30)
    .max(4_000)
    .default(400)
    .describe("Days for which scores before the present one are kept, with all that proves them."),
  KEEP_SIGNALS_DAYS: z.coerce
    .number()
    .int()
    .min(731)
    .max(4_000)
    .default(800)
    .describe("Days for which signals are kept; more than the 730 that a model may look back."),
  KEEP_DEAD_LETTERS_DAYS: z.coerce
    .number()
    .int()
    .min(7)
    .max(4_000)
    .default(90)
    .describe("Days for which work that was laid aside is kept, to be done again."),
} as const;

const schema = z.object(settings);
export type Config = ReturnType<typeof toConfig>;

/** All faults of the environment, one line each. */
export class InvalidConfig extends Error {
  override readonly name = "InvalidConfig";
  readonly faults: readonly string[];
  constructor(faults: readonly string[]) {
    super(
      `The environment has ${faults.length === 1 ? "one fault" : `${faults.length} faults`}:\n${faults.map((f) => `  ${f}`).join("\n")}`,
    );
    this.faults = faults;
  }
}

export function readConfig(env: Readonly<Record<string, string | undefined>> = process.env): Config {
  const given = Object.fromEntries(Object.keys(settings).flatMap((name) => (env[name] ? [[name, env[name]]] : [])));
  const parsed = schema.safeParse(given);
  const faults = parsed.success
    ? []
    : parsed.error.issues.map((issue) => describeFault(String(issue.path[0]), issue, given));
  if (env.ROLE && env.ROLE !== "all" && !env.DATABASE_URL) {
    faults.push(
      "DATABASE_URL: is missing. Processes with ROLE web or worker share one database, so they need its address.",
    );
  }
  if (!parsed.success || faults.length > 0) throw new InvalidConfig([...new Set(faults)]);
  return toConfig(parsed.data);
}

const storeSchema = schema.pick({ DATABASE_URL: true, DATA_DIR: true, REDIS_URL: true, LEASE_MS: true });

/** Where database and queue are, for tools that need nothing else. Throws `InvalidConfig`. */
export function readStoreConfig(env: Readonly<Record<string, string | undefined>> = process.env) {
  const given = Object.fromEntries(
    Object.keys(storeSchema.shape).flatMap((name) => (env[name] ? [[name, env[name]]] : [])),
  );
  const parsed = storeSchema.safeParse(given);
  if (!parsed.success) {
    throw new InvalidConfig(parsed.error.issues.map((issue) => describeFault(String(issue.path[0]), issue, given)));
  }
  return {
    databaseUrl: parsed.data.DATABASE_URL ?? null,
    dataDir: parsed.data.DATA_DIR,
    redisUrl: parsed.data.REDIS_URL ?? null,
    leaseMs: parsed.data.LEASE_MS,
  };
}

function describeFault(
  name: string,
  issue: z.core.$ZodIssue,
  given: Readonly<Record<string, string | undefined>>,
): string {
  const meaning = settings[name as keyof typeof settings].description ?? "";
  // Never echo a value: it may be a secret.
  return given[name] === undefined ? `${name}: is missing. ${meaning}` : `${name}: ${issue.message}. ${meaning}`;
}

function toConfig(env: z.infer<typeof schema>) {
  return {
    http: {
      port: env.PORT,
      host: env.HOST,
      publicUrl: env.PUBLIC_URL.replace(/\/+$/, ""),
      metricsToken: env.METRICS_TOKEN ?? null,
      operatorPassword: env.OPERATOR_PASSWORD ?? null,
      drainMs: env.DRAIN_MS,
    },
    role: env.ROLE,
    databaseUrl: env.DATABASE_URL ?? null,
    dataDir: env.DATA_DIR,
    redisUrl: env.REDIS_URL ?? null,
    hubspot: {
      clientId: env.HUBSPOT_CLIENT_ID,
      clientSecret: env.HUBSPOT_CLIENT_SECRET,
      previousClientSecret: env.HUBSPOT_PREVIOUS_CLIENT_SECRET ?? null,
      appId: env.HUBSPOT_APP_ID,
      apiUrl: env.HUBSPOT_API_URL.replace(/\/+$/, ""),
      appUrl: env.HUBSPOT_APP_URL.replace(/\/+$/, ""),
    },
    appObjects: env.APP_OBJECTS_APPROVED === "true",
    tokenKeys: env.TOKEN_KEYS,
    logLevel: env.LOG_LEVEL,
    settleMs: env.SETTLE_MS,
    counterPollMs: env.COUNTER_POLL_MS,
    leaseMs: env.LEASE_MS,
    lives: {
      events: env.KEEP_EVENTS_DAYS,
      history: env.KEEP_HISTORY_DAYS,
      signals: env.KEEP_SIGNALS_DAYS,
      deadLetters: env.KEEP_DEAD_LETTERS_DAYS,
    },
  };
}
