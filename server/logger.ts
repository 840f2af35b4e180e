import { pino } from "pino";

/**
 * Logs are JSON lines with ids, counts and durations. Never log bodies, names, addresses, tokens or URLs with a query;
 * the redaction below is the second line of defence, not the first.
 */
export type Logger = pino.Logger;

const secrets = ["accessToken", "refreshToken", "clientSecret", "code", "authorization", "email", "password", "token"];

export function createLogger(level: string, destination?: pino.DestinationStream): Logger {
  const options: pino.LoggerOptions = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    redact: { paths: secrets.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: "[secret]" },
  };
  return destination ? pino(options, destination) : pino(options);
}
