import { showcase } from "./showcase.ts";
import { type Facts, type ShowcaseSpec, wellFitting } from "./showcase-spec.ts";

const { justUnderTier2, lukewarm, cold, customer, excluded } = showcase;

/** Companies of every temperature below hot. */
export const aliveCompanies: readonly ((facts: Facts) => ShowcaseSpec)[] = [
  ({ opened, clicked, visited, converted }) => ({
    key: "justUnderTier2",
    properties: { ...wellFitting },
    people: [
      {
        id: justUnderTier2.people.cto,
        first: "Ana",
        last: "Ruiz",
        title: "CTO",
        role: "DECISION_MAKER",
        seniority: "executive",
      },
      {
        id: justUnderTier2.people.director,
        first: "Marcus",
        last: "Holloway",
        title: "Director of Engineering",
        seniority: "director",
        engagement: {
          ...opened(2, 6),
          ...clicked(1, 6),
          ...converted("Content download: Integration checklist", 15),
          ...visited(2, 4, 6, "/product"),
        },
      },
      {
        id: justUnderTier2.people.engineer,
        first: "Priya",
        last: "Nair",
        title: "Software Engineer",
        role: "END_USER",
      },
    ],
  }),
  ({ opened, visited, converted }) => ({
    key: "lukewarm",
    properties: {
      ...wellFitting,
      industry: "INFORMATION_TECHNOLOGY_AND_SERVICES",
      numberofemployees: "260",
      lifecyclestage: "marketingqualifiedlead",
      country: "United Kingdom",
      hs_country_code: "GB",
      city: "Leeds",
      timezone: "Europe/London",
    },
    people: [
      {
        id: lukewarm.people.vp,
        first: "Naomi",
        last: "Fairley",
        title: "VP Marketing",
        role: "BUDGET_HOLDER",
        seniority: "vp",
        engagement: { ...opened(2, 20), ...visited(1, 2, 22, "/blog/five-questions") },
      },
      {
        id: lukewarm.people.manager,
        first: "Callum",
        last: "Grant",
        title: "Marketing Manager",
        engagement: {
          ...opened(4, 21),
          ...converted("Content download: Buyer's guide", 22),
          ...visited(1, 3, 22, "/guides/buyers-guide"),
        },
      },
    ],
  }),
  ({ opened }) => ({
    key: "cold",
    properties: {
      ...wellFitting,
      industry: "LOGISTICS_AND_SUPPLY_CHAIN",
      lifecyclestage: "lead",
      hs_is_target_account: null,
      hs_ideal_customer_profile: null,
    },
    people: [
      {
        id: cold.people.director,
        first: "Lars",
        last: "Nyberg",
        title: "Director of Operations",
        engagement: opened(1, 150),
      },
    ],
  }),
  ({ opened, visited, deal }) => ({
    key: "customer",
    properties: { ...wellFitting, industry: "HOSPITAL_HEALTH_CARE", lifecyclestage: "customer" },
    people: [
      {
        id: customer.people.coo,
        first: "Ruth",
        last: "Bennett",
        title: "COO",
        role: "DECISION_MAKER;BUDGET_HOLDER",
        seniority: "executive",
        engagement: opened(3, 10),
      },
      {
        id: customer.people.user,
        first: "Diego",
        last: "Campos",
        title: "Operations Analyst",
        role: "END_USER",
        engagement: { ...opened(5, 3), ...visited(3, 9, 3, "/product") },
      },
    ],
    deals: [
      deal(
        {
          id: "6000000051",
          name: "Pellwater Health: first contract",
          stage: "closedwon",
          amount: 41_000,
          personIds: [customer.people.coo],
        },
        300,
        240,
      ),
      deal(
        {
          id: "6000000052",
          name: "Pellwater Health: second site",
          stage: "qualifiedtobuy",
          amount: 18_500,
          personIds: [customer.people.coo],
        },
        15,
        -50,
      ),
    ],
  }),
  ({ opened, visited, converted }) => ({
    key: "excluded",
    properties: {
      ...wellFitting,
      type: "PARTNER",
      industry: "GAMBLING_CASINOS",
      hs_is_target_account: null,
      hs_ideal_customer_profile: null,
      lifecyclestage: "lead",
    },
    people: [
      {
        id: excluded.people.ceo,
        first: "Patrick",
        last: "Quinn",
        title: "CEO",
        role: "DECISION_MAKER",
        seniority: "executive",
        engagement: { ...opened(8, 1), ...converted("Demo request", 2), ...visited(6, 20, 1, "/pricing") },
      },
    ],
  }),
];
