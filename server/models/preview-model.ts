import type { AccountSnapshot } from "@touchstone/shared/account-snapshot.ts";
import type { PortalId } from "@touchstone/shared/ids.ts";
import type { ChangePreview, NamedAccount, PreviewView } from "@touchstone/shared/models-api.ts";
import type { ScoringModel } from "@touchstone/shared/scoring-model.ts";
import type { Context } from "../context.ts";
import type { Database } from "../db/database.ts";
import { readLastVersion } from "../db/portal-models.ts";
import { hotRuleSetting, readSetting } from "../db/portal-settings.ts";
import { countRecords, readRecords } from "../db/records.ts";
import { countSnapshots, type ProofPage, readProofPage } from "../db/stored-snapshots.ts";
import { TooManyRequests } from "../errors.ts";
import { type CompiledModel, compileModel } from "../scoring/compile-model.ts";
import { explainChange } from "../scoring/explain-change.ts";
import { lookBackDays } from "../scoring/look-back-days.ts";
import { orderSnapshot } from "../scoring/order-snapshot.ts";
import { unpackSnapshot } from "../scoring/pack-proof.ts";
import { scoreAccount } from "../scoring/score-account.ts";
import { scoreTotals } from "../scoring/score-totals.ts";
import type { TierCap } from "./count-cap-overflow.ts";
import { findUnreadProperties } from "./find-unread-properties.ts";
import { listChanges } from "./list-changes.ts";
import { loadActiveModels } from "./load-active-models.ts";
import { createPreviewTally } from "./preview-tally.ts";
import { readModelRequest } from "./read-model.ts";

const pageSize = 500;
/** Bounds of the answer: 200 kB at most (market.md §3 row 2 wants the lines that cause the largest changes). */
const mostLines = 5;
const longest = { name: 60, line: 200 } as const;

export interface PreviewOptions {
  /** The portal's tiers with their places, from the highest down. */
  readonly tierCaps: readonly TierCap[];
  /** Then the figures of what was scored so far are the answer, and say so. */
  readonly timeLimitMs: number;
  readonly onProgress?: (scored: number, accounts: number) => void;
  /** True: nobody waits for the answer any more. */
  readonly isAbandoned?: () => boolean;
}

/** Portals with a preview under way in this process: a second one would only make both slow. */
const busy = new Set<PortalId>();

/**
 * What would change if a draft took the place of the active model: both are scored on every stored snapshot of the portal
 * for the same moment, so that the draft alone makes the difference. Reads page by page; nothing is saved.
 */
export async function previewModel(
  ctx: Pick<Context, "db" | "now">,
  portalId: PortalId,
  body: unknown,
  options: PreviewOptions,
): Promise<PreviewView> {
  const { model, waitMs } = readModelRequest(body);
  if (busy.has(portalId)) throw new TooManyRequests("A preview is under way already. Wait until it ends.", 5_000);
  busy.add(portalId);
  try {
    return await preview(ctx, portalId, model, { ...options, timeLimitMs: waitMs ?? options.timeLimitMs });
  } finally {
    busy.delete(portalId);
  }
}

async function preview(
  ctx: Pick<Context, "db" | "now">,
  portalId: PortalId,
  model: ScoringModel,
  options: PreviewOptions,
): Promise<PreviewView> {
  const startedAt = performance.now();
  const now = ctx.now();
  const models = await loadActiveModels(ctx.db, portalId);
  const active = compileModel(models[model.purpose]);
  const last = await readLastVersion(ctx.db, portalId, model.key);
  const draft = compileModel({ ...model, version: (last?.version ?? 0) + 1 });
  const accounts = await countSnapshots(ctx.db, portalId);
  const unread = await findUnreadProperties(ctx.db, portalId, model, models);
  const { value: hot } = await readSetting(ctx.db, portalId, hotRuleSetting);
  const tally = createPreviewTally(active.model, draft.model, { hot, tierCaps: options.tierCaps });
  const run = {
    active,
    draft,
    priority: compileModel(models.priority),
    now,
    accounts,
    endAt: startedAt + options.timeLimitMs,
  };
  const { scored, complete } = await scoreAll(ctx.db, portalId, run, tally, options);
  const { movers, largest, newHot, ...counts } = tally.result();
  const nameOf = await loadNames(ctx.db, portalId, [
    ...movers.map((mover) => mover.companyId),
    ...largest.map((snapshot) => snapshot.accountId),
    ...(newHot?.ids ?? []),
  ]);
  return {
    over: { key: active.model.key, version: active.model.version },
    model: draft.reference,
    scoredAt: now,
    accounts,
    scored,
    complete,
    warnings: [
      ...(await findGaps(ctx.db, portalId, accounts)),
      ...unreadWarning(unread),
      ...scaleWarning(model, active.model),
      ...olderWarning(lookBackDays([model]), lookBackDays([models.priority, models.readiness])),
      ...quietWarning(newHot?.accounts ?? 0),
    ],
    changes: listChanges(active.model, model),
    ...counts,
    movers: movers.map((mover) => ({ ...nameOf(mover.companyId), ...mover })),
    newHot: newHot && { accounts: newHot.accounts, named: newHot.ids.map(nameOf) },
    largest: largest.map((snapshot) => explain(snapshot, run, nameOf(snapshot.accountId))),
    elapsedMs: Math.round(performance.now() - startedAt),
  };
}

interface Run {
  readonly active: CompiledModel;
  readonly draft: CompiledModel;
  readonly priority: CompiledModel;
  readonly now: number;
  readonly accounts: number;
  readonly endAt: number;
}

async function scoreAll(
  db: Database,
  portalId: PortalId,
  run: Run,
  tally: ReturnType<typeof createPreviewTally>,
  options: PreviewOptions,
): Promise<{ scored: number; complete: boolean }> {
  let scored = 0;
  let next: Promise<ProofPage> | null = readProofPage(db, portalId, "", pageSize);
  while (next) {
    const page: ProofPage = await next;
    const isOver = performance.now() > run.endAt || options.isAbandoned?.() === true;
    if (isOver && page.next !== null) return { scored, complete: false };
    // The database prepares the next page while this one is scored.
    next = page.next === null ? null : readProofPage(db, portalId, page.next, pageSize);
    // Should scoring fail first, nobody awaits this page any more; otherwise its failure is seen when it is awaited.
    next?.catch(() => undefined);
    for (const proof of page.proofs) {
      const snapshot = unpackSnapshot(proof);
      const ordered = orderSnapshot(snapshot);
      const totals = (model: CompiledModel) => scoreTotals(ordered, model, run.now);
      const isExcluded = () => totals(run.priority).state === "excluded";
      tally.add(snapshot, totals(run.active), totals(run.draft), isExcluded);
    }
    scored += page.proofs.length;
    options.onProgress?.(scored, Math.max(scored, run.accounts));
  }
  return { scored, complete: true };
}

async function loadNames(
  db: Database,
  portalId: PortalId,
  ids: readonly string[],
): Promise<(id: string) => NamedAccount> {
  const companies = await readRecords(db, portalId, "companies", [...new Set(ids)]);
  return (id) => ({ companyId: id, name: companies.get(id)?.name?.slice(0, longest.name) ?? null });
}

async function findGaps(db: Database, portalId: PortalId, accounts: number): Promise<string[]> {
  const missing = (await countRecords(db, portalId, "companies")) - accounts;
  return missing > 0 ? [`${missing} companies have not been scored yet and are left out.`] : [];
}

const unreadWarning = (names: readonly string[]): string[] =>
  names.length === 0
    ? []
    : [
        `Not read from HubSpot yet: ${names.join(", ")}. Accounts count as unknown there; publishing starts the reading.`,
      ];

const mostPoints = ({ axes }: ScoringModel): number => axes.reduce((sum, { max }) => sum + max, 0);

/** Tiers that are entered by points were made for the scale of the model before. */
const scaleWarning = (draft: ScoringModel, active: ScoringModel): string[] =>
  draft.purpose !== "priority" || mostPoints(draft) === mostPoints(active)
    ? []
    : [
        `It gives at most ${mostPoints(draft)} points, the active model ${mostPoints(active)}. Tiers that are entered by points keep their lines: ` +
          "change those under Tiers and capacity, or accounts change tiers by the scale alone.",
      ];

const olderWarning = (wanted: number, stored: number): string[] =>
  wanted <= stored
    ? []
    : [
        `It looks back ${wanted} days. Stored snapshots reach ${stored}: older signals are left out here, and counted once it is published.`,
      ];

/** As for a first score: an installation would else send hundreds of tasks at once. */
const quietWarning = (newHot: number): string[] =>
  newHot === 0
    ? []
    : [
        "Publishing raises no alert and no task for those who are newly hot: an alert tells of what somebody did, not of another model.",
      ];

/** Scored once more with the ledger: only for the few that are shown. */
function explain(snapshot: AccountSnapshot, { active, draft, now }: Run, named: NamedAccount): ChangePreview {
  const before = scoreAccount(snapshot, active, now);
  const after = scoreAccount(snapshot, draft, now);
  const lines = explainChange(before, after).slice(0, mostLines);
  return {
    ...named,
    scoreFrom: before.score,
    scoreTo: after.score,
    lines: lines.map((line) => line.text.slice(0, longest.line)),
  };
}
