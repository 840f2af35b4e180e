import type { AccountScore } from "@touchstone/shared/account-score.ts";
import type { AccountView, ChangeView, RaiseView } from "@touchstone/shared/card-api.ts";
import { type AccountId, asAccountId, type PortalId } from "@touchstone/shared/ids.ts";
import { headlineText } from "@touchstone/shared/score-text.ts";
import type { Context } from "../context.ts";
import { readScore } from "../db/account-scores.ts";
import { isWaiting } from "../db/dirty-accounts.ts";
import { findMergedInto } from "../db/mirror-state.ts";
import { readRecords } from "../db/records.ts";
import { decideActions, hasOpenDeal } from "../scoring/decide-actions.ts";
import { nextPoints } from "../scoring/next-points.ts";
import { type ReadScore, readProof } from "../scoring/read-proof.ts";
import { nameOf, type People } from "./describe-evidence.ts";
import { loadModels, type PortalModels } from "./load-models.ts";
import { readClock } from "./read-clock.ts";
import { readCold } from "./read-cold.ts";
import { readPlace } from "./read-place.ts";
import { reasonOf } from "./reason-of.ts";
import { standingOf } from "./standing-of.ts";
import { toHighlights } from "./to-highlights.ts";
import { toScoreView } from "./to-score-view.ts";

/** An account's stored score in words, and what it was made from; null when there is no score. */
export interface AccountReading {
  readonly view: AccountView;
  readonly scored: ReadScore | null;
  readonly models: PortalModels;
}

/** Answer for the record card: the stored score with people's names joined in. No request to HubSpot on the way. */
export async function getAccount(
  ctx: Pick<Context, "db" | "now">,
  portalId: PortalId,
  accountId: AccountId,
): Promise<AccountView> {
  const { view, scored, models } = await readAccount(ctx, portalId, accountId);
  if (scored === null) return view;
  const raises = (["priority", "readiness"] as const).flatMap((purpose) =>
    nextPoints(scored.snapshot, models[purpose], ctx.now()).map((raise): RaiseView => ({ ...raise, model: purpose })),
  );
  return { ...view, raises };
}

/** The same without what would raise the score, which takes scoring again. */
export async function readAccount(
  ctx: Pick<Context, "db" | "now">,
  portalId: PortalId,
  accountId: AccountId,
): Promise<AccountReading> {
  const [stored, company, pending, models, into, place, clock, cold] = await Promise.all([
    readScore(ctx.db, portalId, accountId),
    readRecords(ctx.db, portalId, "companies", [accountId]),
    isWaiting(ctx.db, portalId, accountId),
    loadModels(ctx.db, portalId),
    findMergedInto(ctx.db, portalId, "companies", accountId),
    readPlace(ctx.db, portalId, accountId),
    readClock(ctx, portalId, accountId),
    readCold(ctx, portalId, accountId),
  ]);
  if (into !== null) {
    const winner = await readAccount(ctx, portalId, asAccountId(into));
    return { ...winner, view: { ...winner.view, mergedFrom: accountId } };
  }
  const base = {
    companyId: accountId,
    name: company.get(accountId)?.name ?? null,
    pending,
    ...nothingYet,
    place,
    ...clock,
    cold,
  };
  const proven = stored?.proof == null ? null : await readProof(stored.proof, stored.scored_at, models.versions);
  if (!stored || !proven) {
    const state = company.has(accountId) || pending ? "waiting" : "unscored";
    return { view: { ...base, state, headline: "Not scored yet", reason: waitingText[state] }, scored: null, models };
  }
  const { snapshot, priority, readiness } = proven;
  const people = await readRecords(ctx.db, portalId, "contacts", peopleIn(priority, readiness));
  const actions = decideActions(readiness, proven.readinessModel, hasOpenDeal(snapshot));
  const view: AccountView = {
    ...base,
    state: priority.state,
    headline: headlineText(readiness, { ...priority, band: placed(priority.band, place) }),
    reason: reasonOf(priority, readiness),
    tier: priority.band ? { key: priority.band.key, label: priority.band.label } : null,
    standing: standingOf(priority.band, place),
    priority: toScoreView(priority, people),
    readiness: toScoreView(readiness, people, actions),
    highlights: toHighlights([priority, readiness], people),
    risks: risksOf(priority, people),
    actions,
    lastChange: toChange(stored, models),
    scoredAt: stored.scored_at,
    ...(priority.state === "excluded" ? leftAlone : {}),
  };
  return { view, scored: proven, models };
}

/** A headline names the tier that the account has, not the one that its score alone would give. */
const placed = <T extends { label: string }>(band: T | null, place: AccountView["place"]): T | null =>
  band && place?.tier ? { ...band, label: place.tier.label } : band;

const nothingYet = {
  mergedFrom: null,
  tier: null,
  standing: standingOf(null, null),
  priority: null,
  readiness: null,
  highlights: [],
  risks: [],
  actions: [],
  raises: [],
  lastChange: null,
  scoredAt: null,
} as const;
/** Nobody is asked to reach out to an excluded account, whatever was under way when it was excluded (row 7). */
const leftAlone = { hot: null, hotAnswer: null, cold: null, actions: [] } as const;
const waitingText = {
  waiting: "Touchstone is reading this company and its people. The score appears here in a moment.",
  unscored: "Touchstone has not seen this company yet. It is scored as soon as HubSpot reports a change.",
} as const;
const mostReasons = 10;

function peopleIn(...scores: readonly AccountScore[]): string[] {
  const named = scores.flatMap((score) => [
    ...score.lines.flatMap((line) => line.evidence.flatMap(({ personId }) => personId ?? [])),
    ...(score.risks ?? []).flatMap((risk) => risk.people),
  ]);
  return [...new Set(named)];
}

/** "Blocker among the engaged: Ana Ruiz" */
function risksOf(score: AccountScore, people: People): string[] {
  return (score.risks ?? []).map(
    (risk) => `${risk.label}: ${risk.people.map((personId) => nameOf(personId, people).name).join(", ")}`,
  );
}

type Stored = NonNullable<Awaited<ReturnType<typeof readScore>>>;

function toChange(stored: Stored, { priority }: PortalModels): ChangeView | null {
  const labelOf = (tier: string | null) =>
    tier === "excluded" ? "Excluded" : (priority.model.bands.find((band) => band.key === tier)?.label ?? tier);
  if (stored.moved_at === null) return null;
  return {
    at: stored.moved_at,
    from: stored.score_from,
    to: stored.score,
    tierFrom: labelOf(stored.tier_from),
    tierTo: labelOf(stored.tier),
    reasons: stored.reasons.slice(0, mostReasons),
  };
}
