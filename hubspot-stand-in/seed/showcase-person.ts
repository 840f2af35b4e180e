import type { PersonDraft } from "./company-bundle.ts";
import { type Engagement, noEngagement } from "./engagement-properties.ts";

export interface ShowcasePersonSpec {
  id: string;
  first: string;
  last: string | null;
  title: string | null;
  role?: string;
  seniority?: string;
  engagement?: Partial<Engagement>;
  delivered?: number;
  secondCompanyId?: string;
}

/** A hand-written person of a showcase company, known for a year. */
export function showcasePerson(
  spec: ShowcasePersonSpec,
  domain: string,
  ownerId: string | null,
  nowAt: number,
): PersonDraft {
  return {
    id: spec.id,
    engagement: { ...noEngagement, ...spec.engagement },
    delivered: spec.delivered ?? 6,
    createdAt: nowAt - 365 * 86_400_000,
    ...(spec.secondCompanyId ? { secondCompanyId: spec.secondCompanyId } : {}),
    properties: {
      firstname: spec.first,
      lastname: spec.last,
      email: `${[spec.first, spec.last].filter(Boolean).join(".")}@${domain}`.toLowerCase(),
      jobtitle: spec.title,
      ...(spec.seniority ? { hs_seniority: spec.seniority } : {}),
      hs_buying_role: spec.role ?? null,
      lifecyclestage: "lead",
      hs_lead_status: "OPEN",
      hubspot_owner_id: ownerId,
      country: "United States",
      hs_email_domain: domain,
    },
  };
}
