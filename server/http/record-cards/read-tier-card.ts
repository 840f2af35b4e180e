import type { FormView } from "@touchstone/shared/form-fields.ts";
import type { AccountId, PortalId } from "@touchstone/shared/ids.ts";
import { createReaderFormat, type ReaderFormat } from "@touchstone/shared/reader-format.ts";
import type { TierCardView } from "@touchstone/shared/record-cards-api.ts";
import { excludedFromTiers } from "@touchstone/shared/tier-shape.ts";
import type { AccountTierView } from "@touchstone/shared/tiers-api.ts";
import type { Context } from "../../context.ts";
import { findPortal } from "../../db/portals.ts";
import { getAccountTier } from "../../programme/tiers/get-account-tier.ts";
import { listTierChoices } from "../../programme/tiers/list-tier-choices.ts";

/** An account's place with its reason, and the form that sets it by hand (row 53, product.md §5). */
export async function readTierCard(
  ctx: Pick<Context, "db" | "now">,
  portalId: PortalId,
  accountId: AccountId,
): Promise<TierCardView> {
  const [tier, choices, portal] = await Promise.all([
    getAccountTier(ctx, portalId, accountId),
    listTierChoices(ctx, portalId),
    findPortal(ctx.db, portalId),
  ]);
  const format = createReaderFormat({ locale: "en-GB", timeZone: portal?.timeZone });
  const gap = gapOf(tier);
  return {
    ...tier,
    lines: linesOf(tier, choices, format),
    gap,
    form: gap === null ? toForm(tier, choices, format) : null,
    endForm: tier.override === null ? null : endForm,
  };
}

type Choices = Awaited<ReturnType<typeof listTierChoices>>;

/** Why nobody can set its tier now. */
function gapOf({ tier }: AccountTierView): string | null {
  if (tier === null) return "Its tier can be set by hand once it is scored.";
  return tier === excludedFromTiers
    ? "An excluded account is in no tier, also by hand, until the reason is gone."
    : null;
}

function linesOf(tier: AccountTierView, choices: Choices, format: ReaderFormat): string[] {
  const { since, reason, waitingFor, demotion, override, ownerMissing } = tier;
  const nameOf = (key: string) => choices.tiers.find((one) => one.key === key)?.name ?? key;
  const lines = [
    since === null ? null : `Since ${format.day(since)}${reason ? `: ${reason}` : ""}`,
    waitingFor === null
      ? null
      : `Waits for ${waitingFor.label} since ${format.day(waitingFor.since)}${waitingFor.rank === null ? "" : `, at place ${waitingFor.rank}`}.`,
    demotion?.state === "asked"
      ? `A move down to ${demotion.label} waits for an answer in Touchstone’s settings, under Tiers: ${demotion.why}`
      : null,
    // Once the places are given, the reason says the same.
    override === null || reason?.includes(override.reason)
      ? null
      : `Set by hand to ${nameOf(override.tier)} until ${format.day(override.expiresAt)}, by user ${override.by}: ${override.reason}`,
    ownerMissing ? "Its tier needs an owner, and the company has none." : null,
  ];
  return lines.filter((line) => line !== null);
}

function toForm({ tier, override }: AccountTierView, { tiers, lasting }: Choices, format: ReaderFormat): FormView {
  const standing = override?.tier ?? tier;
  return {
    fields: [
      {
        key: "tier",
        label: "Tier",
        detail: "",
        kind: "choice",
        options: tiers.map(({ key, label }) => ({ value: key, label })),
      },
      {
        key: "expiresAt",
        label: "It holds for",
        detail: "",
        kind: "choice",
        options: lasting.map(({ days, expiresAt }) => {
          return { value: expiresAt, label: `${days} days, until ${format.day(expiresAt)}` };
        }),
      },
      {
        key: "makeRoom",
        label: "If that tier is full",
        detail: "",
        kind: "choice",
        options: [
          { value: false, label: "Do not set it, and say so" },
          { value: true, label: "Let its last in rank move down" },
        ],
      },
      {
        key: "reason",
        label: "Reason",
        detail: "Needed. Whoever opens the company reads it.",
        kind: "text",
        options: [],
      },
    ],
    values: {
      tier: tiers.find(({ key }) => key === standing)?.key ?? tiers[0]?.key ?? "",
      expiresAt: lasting[0]?.expiresAt ?? 0,
      makeRoom: false,
      reason: override?.reason ?? "",
    },
    note: "A tier set by hand wins over the rule until that day, and takes a place.",
  };
}

const endForm: FormView = {
  fields: [],
  values: {},
  note: "What was set by hand ends now. The rule gives the account its place again; a full tier may have none for it. The history keeps who decided.",
};
