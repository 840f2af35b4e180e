import type { PortalStatusView } from "@touchstone/shared/card-api.ts";
import type { OnboardingStep, OnboardingView } from "@touchstone/shared/home-api.ts";
import type { HandStep } from "@touchstone/shared/onboarding-steps.ts";
import { createReaderFormat } from "@touchstone/shared/reader-format.ts";
import type { Portal } from "../../db/portals.ts";

export interface OnboardingFacts {
  readonly portal: Portal;
  readonly status: PortalStatusView;
  readonly ownModels: boolean;
  readonly ownTiers: boolean;
  readonly list: { readonly size: number; readonly reviewed: number };
  readonly plays: { readonly made: number; readonly launched: number };
  readonly ticked: readonly HandStep[];
}

/** The checklist in words, in the order of the work. */
export function writeOnboarding(facts: OnboardingFacts): OnboardingView {
  const steps = [...readingSteps(facts), ...cardSteps(facts), ...programmeSteps(facts), ...peopleSteps(facts)];
  const done = steps.filter(({ state }) => state === "done").length;
  return { summary: `${done} of ${steps.length} done`, done, total: steps.length, steps };
}

const found = (
  key: string,
  title: string,
  state: OnboardingStep["state"],
  text: string,
  route: string | null = null,
) => ({
  key,
  title,
  text,
  state,
  byHand: false,
  route,
  progress: null,
});

function byHand({ ticked }: OnboardingFacts, key: HandStep, title: string, text: string): OnboardingStep {
  return { key, title, text, state: ticked.includes(key) ? "done" : "open", byHand: true, route: null, progress: null };
}

const number = (value: number) => value.toLocaleString("en");

function readingSteps({ portal, status }: OnboardingFacts): OnboardingStep[] {
  const { backfill, reading, accounts, scored, written } = status;
  const isRead = status.status === "ready";
  const total = isRead ? null : (backfill?.total ?? null);
  const isWritten = isRead && accounts > 0 && written >= scored && scored >= accounts;
  return [
    found(
      "connected",
      "Connect Touchstone",
      "done",
      `Connected on ${createReaderFormat({ locale: "en-GB", timeZone: portal.timeZone }).day(portal.installedAt.getTime())}.`,
    ),
    {
      ...found(
        "read",
        "Read the CRM",
        isRead ? "done" : "under way",
        isRead
          ? `Companies read: ${number(accounts)}.`
          : `${reading ?? (backfill ? "Nearly done." : "It begins in a moment.")} This goes on by itself.`,
      ),
      progress: total === null ? null : { done: Math.min(backfill?.done ?? 0, total), total },
    },
    found(
      "scored",
      "Score every company",
      isWritten ? "done" : "under way",
      `${number(scored)} of ${number(accounts)} are scored, and HubSpot holds the results of ${number(written)}.`,
    ),
  ];
}

const customise = (object: string) =>
  `In HubSpot: Settings → Objects → ${object} → Record customization. HubSpot does not place cards by itself, and does not tell us where one stands.`;

function cardSteps(facts: OnboardingFacts): OnboardingStep[] {
  const step = (key: HandStep, object: string, cards: string, where: string) =>
    byHand(facts, key, `Place ${cards}`, `${customise(object)} Add it to ${where}.`);
  return [
    step(
      "company-card",
      "Companies",
      "Account score, Score history and Tier of the account on companies",
      "a tab in the middle",
    ),
    step("company-sidebar", "Companies", "Account at a glance on companies", "the right sidebar"),
    step("contact-card", "Contacts", "Part in the purchase on contacts", "a tab in the middle"),
    step("deal-card", "Deals", "Committee of this deal on deals", "a tab in the middle"),
  ];
}

function programmeSteps(facts: OnboardingFacts): OnboardingStep[] {
  const { ownModels, ownTiers, list, plays } = facts;
  return [
    ownModels
      ? found("model", "Choose the scoring model", "done", "Somebody published a model of this portal.")
      : byHand(
          facts,
          "model",
          "Choose the scoring model",
          "The two models that ship hold. Preview and publish your own in Touchstone's settings, or mark this done to keep them.",
        ),
    ownTiers
      ? found("tiers", "Choose the tiers", "done", "Tiers of this portal are published.")
      : byHand(
          facts,
          "tiers",
          "Choose the tiers",
          "The tiers that ship hold. Change them in Touchstone's settings, or mark this done to keep them.",
        ),
    found(
      "list",
      "Fill the target list",
      list.size > 0 ? "done" : "open",
      list.size > 0 ? `Accounts on it: ${list.size}.` : "No account is on it. Start with the suggestions.",
      "/list",
    ),
    found(
      "review",
      "Let sales keep or reject accounts",
      list.reviewed === 0 ? "open" : list.reviewed < list.size ? "under way" : "done",
      `Looked at: ${list.reviewed} of ${list.size}.`,
      "/list",
    ),
    found(
      "play",
      "Launch a play",
      plays.launched > 0 ? "done" : plays.made > 0 ? "under way" : "open",
      `${plays.made} made, ${plays.launched} launched.`,
      "/plays",
    ),
  ];
}

function peopleSteps(facts: OnboardingFacts): OnboardingStep[] {
  return [
    byHand(
      facts,
      "workflows",
      "Let workflows record signals",
      "HubSpot tells apps nothing of page views and form fills. Add the action Record a signal to the workflows that see them.",
    ),
    byHand(
      facts,
      "team",
      "Tell the team what a hot account asks of them",
      "A hot account gets a task for its owner, due in the time that the hot rule gives. Only a person's outreach stops the clock.",
    ),
  ];
}
