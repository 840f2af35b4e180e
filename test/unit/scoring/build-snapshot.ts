import type { AccountSnapshot, Judgement, Signal, SnapshotPerson } from "@touchstone/shared/account-snapshot.ts";
import { asAccountId, asPersonId, asPortalId } from "@touchstone/shared/ids.ts";

export const day = 86_400_000;
/** 2026-11-22T10:00:00Z */
export const now = 1_795_341_600_000;

export function buildSnapshot(parts: Partial<AccountSnapshot> = {}): AccountSnapshot {
  return {
    portalId: asPortalId(4242),
    accountId: asAccountId("1001"),
    properties: {},
    people: [],
    deals: [],
    signals: [],
    judgements: [],
    ...parts,
  };
}

export function buildPerson(id: string, parts: Partial<Omit<SnapshotPerson, "id">> = {}): SnapshotPerson {
  return { id: asPersonId(id), seniority: null, roles: [], ...parts };
}

export function buildSignal(kind: string, person: string | null, daysAgo: number, parts: Partial<Signal> = {}): Signal {
  return {
    key: `${kind}:${person}:${daysAgo}`,
    kind,
    personId: person === null ? null : asPersonId(person),
    at: now - Math.round(daysAgo * day),
    source: "email",
    strength: null,
    subject: null,
    expiresAt: null,
    ...parts,
  };
}

export function buildJudgement(criterion: string, rung: string, parts: Partial<Judgement> = {}): Judgement {
  return { criterion, rung, by: "77", at: now - day, expiresAt: null, ...parts };
}

/** 2 opens, 1 download, 2 people (market.md §1.3). */
export const techCorp = buildSnapshot({
  people: [buildPerson("501"), buildPerson("502")],
  signals: [
    buildSignal("email_open", "501", 9),
    buildSignal("email_open", "502", 5),
    buildSignal("content_download", "501", 4),
  ],
});

export const icpProperties = { industry: "HOSPITAL_HEALTH_CARE", numberofemployees: "800" };

/** 4 opens, 2 downloads, a webinar, 4 people, ideal customer (market.md §1.3). */
export const healthCorp = buildSnapshot({
  properties: icpProperties,
  people: ["601", "602", "603", "604"].map((id) => buildPerson(id)),
  signals: [
    ...["601", "602", "603", "604"].map((id, index) => buildSignal("email_open", id, 8 + index)),
    buildSignal("content_download", "602", 6, { subject: "Security guide" }),
    buildSignal("content_download", "603", 5, { subject: "ROI calculator" }),
    buildSignal("event_attended", "601", 3),
  ],
});
