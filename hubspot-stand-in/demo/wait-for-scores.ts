import type { AppAsker, ShownStatus } from "./ask-app.ts";

export interface Progress {
  /** 0 … 1 */
  readonly share: number;
  readonly text: string;
}

/** Waits until everything is read, scored and written back; says how far it is each time it looks. */
export async function waitForScores(
  app: AppAsker,
  timeoutMs: number,
  onProgress: (progress: Progress) => void,
): Promise<ShownStatus> {
  const endAt = Date.now() + timeoutMs;
  for (;;) {
    const status = await app.status();
    onProgress(progressOf(status));
    if (isDone(status)) return status;
    if (Date.now() > endAt)
      throw new Error(`After ${timeoutMs / 1000} s the portal is not scored yet: ${JSON.stringify(status)}`);
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

const isDone = (s: ShownStatus) =>
  s.status === "ready" &&
  s.waitingRecords === 0 &&
  s.waitingAccounts === 0 &&
  !s.waitingTiers &&
  !s.waitingProgramme &&
  s.written + s.failedWrites >= s.scored &&
  s.scored >= s.accounts;

/** Reading is taken as two thirds of the way, scoring and writing as the rest. */
function progressOf(status: ShownStatus): Progress {
  if (status.status !== "ready") {
    const { done = 0, total = null } = status.backfill ?? {};
    const share = total ? Math.min(1, done / total) : 0;
    return {
      share: (share * 2) / 3,
      text: `read ${done.toLocaleString("en")}${total ? ` of ${total.toLocaleString("en")}` : ""} records, scored ${status.scored.toLocaleString("en")} accounts`,
    };
  }
  const share = status.accounts > 0 ? status.written / status.accounts : 1;
  return {
    share: 2 / 3 + share / 3,
    text: `scored ${status.scored.toLocaleString("en")} and wrote back ${status.written.toLocaleString("en")} of ${status.accounts.toLocaleString("en")} accounts`,
  };
}

export function progressBar({ share, text }: Progress): string {
  const width = 30;
  const full = Math.round(share * width);
  return `[${"#".repeat(full)}${"-".repeat(width - full)}] ${String(Math.round(share * 100)).padStart(3)} %  ${text}`;
}
