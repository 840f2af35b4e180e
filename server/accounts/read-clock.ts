import type { HotAnswerView, HotView } from "@touchstone/shared/card-api.ts";
import { excuses } from "@touchstone/shared/hot-api.ts";
import { hotReason } from "@touchstone/shared/hot-text.ts";
import type { AccountId, PortalId } from "@touchstone/shared/ids.ts";
import type { Context } from "../context.ts";
import { type HotAlert, readLatestAlert } from "../db/hot-alerts.ts";
import { hotRuleSetting, readSetting } from "../db/portal-settings.ts";

const dayMs = 86_400_000;

/** An account's clock as its card shows it: the one that runs, or how the last one ended. */
export interface ClockReading {
  readonly hot: HotView | null;
  readonly hotAnswer: HotAnswerView | null;
}

export async function readClock(
  ctx: Pick<Context, "db" | "now">,
  portalId: PortalId,
  accountId: AccountId,
): Promise<ClockReading> {
  const alert = await readLatestAlert(ctx.db, portalId, accountId);
  if (alert === null) return { hot: null, hotAnswer: null };
  const { dueAt } = alert;
  if (alert.state === "open" || alert.state === "missed")
    return { hot: { reason: hotReason(alert), route: alert.route, dueAt, missed: dueAt < ctx.now() }, hotAnswer: null };
  const { value: rule } = await readSetting(ctx.db, portalId, hotRuleSetting);
  // Until then no crossing starts another (T05), so what became of this one is still news.
  const isOver = ctx.now() > alert.crossedAt + rule.rearmDays * dayMs;
  return { hot: null, hotAnswer: isOver ? null : answerOf(alert, alert.state) };
}

function answerOf({ outreachAt, excuse, excuseNote }: HotAlert, state: HotAnswerView["state"]): HotAnswerView {
  if (state === "met") return { state, text: "Somebody reached out in time.", at: outreachAt };
  if (state === "late") return { state, text: "Somebody reached out, after the time was over.", at: outreachAt };
  const why = ["Nobody needs to reach out", excuse === null ? "" : excuses[excuse], excuseNote ?? ""];
  return { state, text: why.filter(Boolean).map(asSentence).join(" "), at: null };
}

/** A person's note may end with a full stop or not. */
const asSentence = (text: string): string => (/[.!?…]$/.test(text) ? text : `${text}.`);
