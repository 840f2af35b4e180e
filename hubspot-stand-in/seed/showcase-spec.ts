import type { ActivityDraft, DealDraft } from "./company-bundle.ts";
import type { Engagement } from "./engagement-properties.ts";
import { isoTime } from "./iso-time.ts";
import { owners } from "./owners.ts";
import type { ShowcaseKey } from "./showcase.ts";
import type { ShowcasePersonSpec } from "./showcase-person.ts";

export interface ShowcaseSpec {
  key: ShowcaseKey;
  properties: Record<string, string | null>;
  people: ShowcasePersonSpec[];
  deals?: DealDraft[];
  activities?: ActivityDraft[];
}

const dayMs = 86_400_000;
const site = "https://www.larkfield.example";
const ownerId = owners[0]?.id ?? null;

/** Facts told in days before one moment; a negative number of days lies ahead. */
export function factsFrom(nowAt: number) {
  const ago = (days: number) => nowAt - Math.round(days * dayMs);
  return {
    ago,
    opened: (opens: number, days: number): Partial<Engagement> => ({ opens, lastOpenAt: ago(days) }),
    clicked: (clicks: number, days: number): Partial<Engagement> => ({ clicks, lastClickAt: ago(days) }),
    visited: (visits: number, pages: number, days: number, path: string): Partial<Engagement> => ({
      visits,
      pages,
      lastVisitAt: ago(days),
      lastUrl: `${site}${path}`,
    }),
    converted: (name: string, days: number): Partial<Engagement> => ({
      conversions: 1,
      lastConversion: { name, at: ago(days) },
    }),
    deal: (
      draft: Pick<DealDraft, "id" | "name" | "stage" | "amount" | "personIds">,
      created: number,
      close: number,
    ) => ({
      ...draft,
      createdAt: ago(created),
      closeAt: ago(close),
      ownerId,
    }),
    meeting: (id: string, title: string, days: number, personIds: string[]): ActivityDraft => ({
      type: "meetings",
      id,
      at: ago(days),
      loggedAt: ago(days + 4),
      personIds,
      properties: {
        hs_meeting_title: title,
        hs_meeting_start_time: isoTime(ago(days)),
        hs_meeting_end_time: isoTime(ago(days) + 45 * 60_000),
        hs_meeting_outcome: days > 0 ? "COMPLETED" : "SCHEDULED",
        hs_activity_type: title,
        hubspot_owner_id: ownerId,
      },
    }),
    reply: (id: string, days: number, personId: string): ActivityDraft => ({
      type: "emails",
      id,
      at: ago(days),
      loggedAt: ago(days),
      personIds: [personId],
      properties: {
        hs_email_direction: "INCOMING_EMAIL",
        hs_email_status: "SENT",
        hs_email_subject: "Re: next steps",
        hubspot_owner_id: ownerId,
      },
    }),
  };
}

export type Facts = ReturnType<typeof factsFrom>;

/** What a company has that the demo's seller would like best. */
export const wellFitting = {
  type: "PROSPECT",
  industry: "COMPUTER_SOFTWARE",
  numberofemployees: "480",
  annualrevenue: "72000000",
  country: "United States",
  hs_country_code: "US",
  city: "Boston",
  timezone: "America/New_York",
  hs_is_target_account: "true",
  hs_ideal_customer_profile: "tier_2",
  lifecyclestage: "salesqualifiedlead",
} as const;
