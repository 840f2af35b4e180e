import type { Crm } from "../../crm.ts";
import { isoTime } from "../iso-time.ts";
import { anyone, companiesOf, findOrMakePerson, isBlocker, makePersonAt, nameOf, peopleOf } from "./account-people.ts";
import { moveCounters } from "./counters.ts";
import type { CrmEvent, CrmEventContext } from "./crm-event.ts";

const minuteMs = 60_000;

/** One open after another, each as a change of its own: a counter and its date. */
function openMails(crm: Crm, context: CrmEventContext, personId: string, times: number[], mails: number): void {
  const sentAt = Math.min(...times) - 5 * minuteMs;
  moveCounters(crm, context, personId, { hs_email_delivered: mails }, { hs_email_last_send_date: isoTime(sentAt) });
  for (const at of times) {
    moveCounters(crm, context, personId, { hs_email_open: 1 }, { hs_email_last_open_date: isoTime(at) });
  }
}

const every = (count: number, stepMs: number, nowAt: number) =>
  Array.from({ length: count }, (_, index) => nowAt - (count - 1 - index) * stepMs);

/** A scanner opens a mail and follows all of its links within a second, for everybody at once. */
function scan(crm: Crm, context: CrmEventContext, personId: string): void {
  const sentAt = context.nowAt - 2_000;
  const at = isoTime(sentAt + 1_000);
  moveCounters(
    crm,
    context,
    personId,
    { hs_email_delivered: 1, hs_email_open: 1, hs_email_click: 8 },
    {
      hs_email_last_send_date: isoTime(sentAt),
      hs_email_last_open_date: at,
      hs_email_last_click_date: at,
    },
  );
}

export const emailEvents: readonly CrmEvent[] = [
  {
    key: "ten-opens",
    label: "One person opens a mail ten times",
    description: "Ten opens of one mail within an hour. Counts as one.",
    play(crm, context) {
      const person = findOrMakePerson(crm, context, anyone);
      openMails(crm, context, person.id, every(10, 6 * minuteMs, context.nowAt), 1);
      return { touchedCompanies: companiesOf(crm, person.id), summary: `${nameOf(person)} opened one mail ten times` };
    },
  },
  {
    key: "mail-scanner",
    label: "A mail scanner clicks every link",
    description: "Opens and eight clicks for several people in the second after sending. Worth nothing.",
    play(crm, context) {
      const missing = Math.max(0, 3 - peopleOf(crm, context.companyId).length);
      for (let made = 0; made < missing; made++) makePersonAt(crm, context.companyId, { title: "Analyst" });
      const people = peopleOf(crm, context.companyId).slice(0, 5);
      for (const person of people) scan(crm, context, person.id);
      const companies = new Set(people.flatMap((person) => companiesOf(crm, person.id)));
      return {
        touchedCompanies: [...companies],
        summary: `A scanner opened a mail for ${people.length} people and clicked 8 links`,
      };
    },
  },
  {
    key: "blocker-opens",
    label: "The blocker opens five mails",
    description: "A person with the buying role blocker reads what we send. Adds no points (T30).",
    play(crm, context) {
      const person = findOrMakePerson(crm, context, {
        title: "Head of Procurement",
        fits: isBlocker,
        properties: { hs_buying_role: "BLOCKER" },
      });
      openMails(crm, context, person.id, every(5, 25 * minuteMs, context.nowAt), 5);
      return {
        touchedCompanies: companiesOf(crm, person.id),
        summary: `${nameOf(person)}, a blocker, opened five mails`,
      };
    },
  },
];
