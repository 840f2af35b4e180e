import { type Engagement, noEngagement } from "./engagement-properties.ts";
import type { Random } from "./random.ts";

const dayMs = 86_400_000;
const minuteMs = 60_000;

/** Names of forms and where they stand on the seller's website. */
type Form = readonly [name: string, url: string];

export const conversions: readonly [Form, ...Form[]] = [
  ["Contact us: Talk to sales", "https://www.larkfield.example/contact"],
  ["Demo request", "https://www.larkfield.example/demo"],
  ["Content download: Integration checklist", "https://www.larkfield.example/guides/integration-checklist"],
  ["Content download: Buyer's guide", "https://www.larkfield.example/guides/buyers-guide"],
  ["Webinar attended: Rollout in 30 days", "https://www.larkfield.example/webinars/rollout-in-30-days"],
  ["Newsletter sign-up", "https://www.larkfield.example/blog"],
];

const pages = [
  "https://www.larkfield.example/",
  "https://www.larkfield.example/blog/five-questions",
  "https://www.larkfield.example/product",
  "https://www.larkfield.example/customers",
  "https://www.larkfield.example/pricing",
] as const;

/** A person's past, consistent in itself: a form is filled in on a visit, a click is an open and starts a visit. */
export function makeEngagement(random: Random, recencyDays: number, nowAt: number): Engagement {
  const days = Math.min(700, random.logNormal(recencyDays, 0.9));
  const lastAt = nowAt - Math.max(2 * minuteMs, Math.round(days * dayMs));
  const earlier = (maxDays: number) => lastAt - Math.round(random.next() * maxDays * dayMs);
  const opens = random.chance(0.8) ? Math.ceil(random.logNormal(3, 0.7)) : 0;
  const clicks = opens > 0 && random.chance(0.45) ? random.int(1, Math.min(opens, 5)) : 0;
  const replies = opens > 0 && random.chance(0.12) ? 1 : 0;
  const conversion = random.chance(0.25) ? random.pick(conversions) : null;
  const lastClickAt = clicks > 0 ? earlier(15) : null;
  const conversionAt = conversion ? earlier(20) : null;
  const visits = clicks + (conversion ? 1 : 0) + (random.chance(0.35) ? random.int(1, 3) : 0);
  const lastVisitAt = visits > 0 ? Math.max(lastClickAt ?? 0, conversionAt ?? 0, earlier(10)) : null;
  const lastReplyAt = replies > 0 ? earlier(25) : null;
  return {
    ...noEngagement,
    opens,
    lastOpenAt: opens > 0 ? Math.max(earlier(5), lastClickAt ?? 0, lastReplyAt ?? 0) : null,
    clicks,
    lastClickAt,
    replies,
    lastReplyAt,
    conversions: conversion ? random.int(1, 3) : 0,
    lastConversion: conversion && conversionAt !== null ? { name: conversion[0], at: conversionAt } : null,
    visits,
    pages: visits === 0 ? 0 : visits + random.int(0, visits * 4),
    lastVisitAt,
    lastUrl:
      lastVisitAt === null ? null : conversion && lastVisitAt === conversionAt ? conversion[1] : random.pick(pages),
  };
}
