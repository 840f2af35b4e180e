import type { PortalId } from "@touchstone/shared/ids.ts";
import type { Play, PlayStep } from "@touchstone/shared/play-shape.ts";
import type { Context } from "../../context.ts";
import { readNeedless } from "../../db/play-accounts.ts";
import { readPlays } from "../../db/plays.ts";
import { readRecords } from "../../db/records.ts";
import type { WantedTask } from "../../db/tasks.ts";

/** What the tasks of plays say. A step that was dealt with, of a play that does not run or that
 * the account has left, or without a company, needs none. */
export async function writeStepTasks(ctx: Pick<Context, "db">, portalId: PortalId, wanted: readonly WantedTask[]) {
  const [plays, companies, needless] = await Promise.all([
    readPlays(ctx.db, portalId, [...new Set(wanted.map((one) => one.playId))]),
    readRecords(
      ctx.db,
      portalId,
      "companies",
      wanted.map((one) => one.accountId),
    ),
    readNeedless(ctx.db, portalId, wanted),
  ]);
  const texts = wanted.flatMap((one) => {
    const stored = plays.find(({ playId, status }) => playId === one.playId && status === "running");
    const step = stored?.play.steps[one.step];
    const company = companies.get(one.accountId);
    if (!stored || !step || !company || needless.has(one.marker)) return [];
    const name = (company.name ?? "a company").slice(0, 120);
    const ownerId = company.hubspot_owner_id || null;
    const type = typeOf(step);
    const body = bodyOf(stored.play, step, one.step);
    return [[one.marker, { subject: `${name}: ${step.what}`, body, dueAt: one.fromAt, type, ownerId }] as const];
  });
  return new Map(texts);
}

function typeOf({ channel }: PlayStep): "CALL" | "EMAIL" | "TODO" {
  if (channel === "phone") return "CALL";
  return channel === "email" ? "EMAIL" : "TODO";
}

/** The message in the frame of row 92, so far as it was filled. */
function bodyOf({ name, steps, message }: Play, step: PlayStep, index: number): (string | string[])[] {
  const role = step.role === null ? "" : `, for the ${step.role.replaceAll("_", " ")}`;
  const frame = Object.entries(frameLabels).flatMap(([key, label]) => {
    const text = message[key as keyof typeof frameLabels];
    return text === "" ? [] : [`${label}: ${text}`];
  });
  return [
    `Step ${index + 1} of ${steps.length} in the play "${name}": ${step.channel.replaceAll("_", " ")}${role}, personalisation ${step.personalisation}.`,
    ...(frame.length > 0 ? ["What the play says:", frame] : []),
    "Say in Touchstone when it is done or left out.",
  ];
}

const frameLabels = {
  problem: "Problem",
  context: "Account context",
  concern: "Their concern",
  outcome: "Commercial outcome",
  reason: "Reason to act",
  nextStep: "Next step",
} as const;
