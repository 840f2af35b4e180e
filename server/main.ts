import { type App, startApp } from "./app.ts";
import { type Config, InvalidConfig, readConfig } from "./config.ts";

/** Faults that the operator can repair: said in plain words, without a stack. */
const plain = ["InvalidConfig", "PortTaken", "DatabaseInUse", "DatabaseMissing"];

function fail(error: unknown): never {
  const message =
    error instanceof Error
      ? plain.includes(error.name)
        ? error.message
        : (error.stack ?? error.message)
      : String(error);
  process.stderr.write(`Touchstone did not start. ${message}\n`);
  process.exit(1);
}

function readOrFail(): Config {
  try {
    return readConfig();
  } catch (error) {
    if (error instanceof InvalidConfig) fail(error);
    throw error;
  }
}

const config = readOrFail();
const app: App = await startApp(config).catch(fail);
app.ctx.log.info(
  { url: app.url, role: config.role, queue: config.redisUrl ? "redis" : "postgres" },
  "Touchstone is up",
);

let stopping = false;
for (const signal of ["SIGTERM", "SIGINT"] as const) {
  process.on(signal, () => {
    if (stopping) return;
    stopping = true;
    app.ctx.log.info({ signal }, "stopping");
    void app.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        process.stderr.write(
          `Touchstone did not stop cleanly. ${error instanceof Error ? error.message : String(error)}\n`,
        );
        process.exit(1);
      },
    );
  });
}
