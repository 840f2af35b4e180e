import type { AccountScore, Evidence } from "@touchstone/shared/account-score.ts";
import type { AccountView, HighlightView, LineView, RaiseView, ScoreView } from "@touchstone/shared/card-api.ts";
import type { AccountId, PortalId } from "@touchstone/shared/ids.ts";
import { evidenceText, headlineText } from "@touchstone/shared/score-text.ts";
import type { Context } from "../context.ts";
import { readLastMove, readScore } from "../db/account-scores.ts";
import { isWaiting } from "../db/dirty-accounts.ts";
import { readRecords } from "../db/records.ts";
import { nextPoints } from "../scoring/next-points.ts";
import { loadModels } from "./load-models.ts";
import { reasonOf } from "./reason-of.ts";

type Properties = Readonly<Record<string, string | null>>;
type People = ReadonlyMap<string, Properties>;

/** Answer for the record card: the stored score with people's names joined in. No request to HubSpot on the way. */
export async function getAccount(
  ctx: Pick<Context, "db" | "now">,
  portalId: PortalId,
  accountId: AccountId,
): Promise<AccountView> {
  const [stored, company, pending, move] = await Promise.all([
    readScore(ctx.db, portalId, accountId),
    readRecords(ctx.db, portalId, "companies", [accountId]),
    isWaiting(ctx.db, portalId, accountId),
    readLastMove(ctx.db, portalId, accountId),
  ]);
  const base = { companyId: accountId, name: company.get(accountId)?.name ?? null, pending, ...nothingYet };
  if (!stored) {
    const state = company.has(accountId) || pending ? "waiting" : "unscored";
    return { ...base, state, headline: "Not scored yet", reason: waitingText[state] };
  }
  const { priority, readiness } = stored;
  const people = await readRecords(ctx.db, portalId, "contacts", peopleIn(priority, readiness));
  const views = { priority: toScoreView(priority, people), readiness: toScoreView(readiness, people) };
  const models = await loadModels(ctx.db, portalId);
  const raises = (["priority", "readiness"] as const).flatMap((purpose) =>
    nextPoints(stored.snapshot, models[purpose], ctx.now()).map((raise): RaiseView => ({ ...raise, model: purpose })),
  );
  return {
    ...base,
    state: priority.state,
    headline: headlineText(readiness, priority),
    reason: reasonOf(priority, readiness),
    tier: priority.band ? { key: priority.band.key, label: priority.band.label } : null,
    ...views,
    highlights: highlightsOf(views),
    raises,
    lastChange: move
      ? {
          at: move.scored_at,
          from: move.score_from,
          to: move.score_to,
          tierFrom: move.tier_from,
          tierTo: move.tier_to,
          reasons: move.reasons.slice(0, 10),
        }
      : null,
    scoredAt: stored.scored_at,
  };
}

const nothingYet = {
  tier: null,
  priority: null,
  readiness: null,
  highlights: [],
  raises: [],
  lastChange: null,
  scoredAt: null,
} as const;
const waitingText = {
  waiting: "Touchstone is reading this company and its people. The score appears here in a moment.",
  unscored: "Touchstone has not seen this company yet. It is scored as soon as HubSpot reports a change.",
} as const;

function peopleIn(...scores: readonly AccountScore[]): string[] {
  const ids = scores.flatMap((score) =>
    score.lines.flatMap((line) => line.evidence.flatMap(({ personId }) => personId ?? [])),
  );
  return [...new Set(ids)];
}

function toScoreView(score: AccountScore, people: People): ScoreView {
  const axes = new Map(score.axes.map((axis) => [axis.key, axis.label]));
  const toEvidence = (one: Evidence) => ({
    text: describe(one, people),
    at: one.at,
    counted: one.counted,
    note: one.note,
  });
  return {
    model: score.model,
    score: score.score,
    max: score.max,
    attainable: score.attainable,
    coveragePercent: Math.round(score.coverage * 100),
    provisional: score.provisional,
    band: score.band,
    axes: score.axes,
    lines: score.lines.map((line) => ({
      ...line,
      axisLabel: axes.get(line.axis) ?? line.axis,
      evidence: line.evidence.map(toEvidence),
    })),
    rounding: score.rounding,
  };
}

/** "Ana Ruiz, CTO, asked for a demo". A person whose name we may no longer hold is still counted, without one. */
function describe(evidence: Evidence, people: People): string {
  const text = evidenceText(evidence);
  if (evidence.personId === null) return text.charAt(0).toUpperCase() + text.slice(1);
  return evidence.kind === "person"
    ? `${nameOf(people.get(evidence.personId))}: ${text}`
    : `${nameOf(people.get(evidence.personId))} ${text}`;
}

function nameOf(properties: Properties | undefined): string {
  const name = [properties?.firstname, properties?.lastname].filter(Boolean).join(" ") || "A person";
  return properties?.jobtitle ? `${name}, ${properties.jobtitle},` : name;
}

/** The lines that matter: what people did, most points first, each kind of thing once. */
function highlightsOf(views: { priority: ScoreView; readiness: ScoreView }): HighlightView[] {
  const seen = new Set<string>();
  return (["priority", "readiness"] as const)
    .flatMap((model) => earnedByPeople(views[model]).map((line) => ({ line, model })))
    .flatMap(({ line, model }) => {
      const who = line.evidence.find((one) => one.counted)?.text ?? line.reason;
      if (seen.has(who)) return [];
      seen.add(who);
      return [{ label: line.label, points: line.points, max: line.max, who, at: line.at, model }];
    })
    .slice(0, 5);
}

const earnedByPeople = (view: ScoreView): LineView[] =>
  view.lines
    .filter((line) => line.state === "earned" && line.at !== null)
    .sort((a, b) => b.points - a.points || (b.at ?? 0) - (a.at ?? 0));
