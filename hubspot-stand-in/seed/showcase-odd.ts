import { showcase } from "./showcase.ts";
import { type Facts, type ShowcaseSpec, wellFitting } from "./showcase-spec.ts";

const { messy, blocked, headOffice, branch, duplicateA, duplicateB } = showcase;

/** Companies that test what real portals are like: gaps, mess, doubles, shared people, a blocker. */
export const oddCompanies: readonly ((facts: Facts) => ShowcaseSpec)[] = [
  () => ({ key: "empty", properties: {}, people: [] }),
  ({ opened }) => ({
    key: "messy",
    properties: { country: "Deutchland", lifecyclestage: "other" },
    people: [{ id: messy.people.nameless, first: "Jo", last: null, title: null, engagement: opened(1, 12) }],
  }),
  ({ opened }) => ({
    key: "blocked",
    properties: { ...wellFitting, industry: "MACHINERY", lifecyclestage: "marketingqualifiedlead" },
    people: [
      {
        id: blocked.people.blocker,
        first: "Heike",
        last: "Brandt",
        title: "IT Director",
        role: "BLOCKER",
        seniority: "director",
        engagement: opened(5, 4),
      },
      { id: blocked.people.user, first: "Florian", last: "Pohl", title: "Project Manager", role: "END_USER" },
    ],
  }),
  ({ opened, visited }) => ({
    key: "headOffice",
    properties: { ...wellFitting, industry: "INTERNET" },
    people: [
      {
        id: headOffice.people.champion,
        first: "Camille",
        last: "Moreau",
        title: "VP Engineering",
        role: "CHAMPION",
        seniority: "vp",
        engagement: { ...opened(3, 5), ...visited(2, 6, 5, "/product") },
      },
    ],
  }),
  ({ opened }) => ({
    key: "branch",
    properties: {
      ...wellFitting,
      industry: "INTERNET",
      country: "Spain",
      hs_country_code: "ES",
      city: "Madrid",
      timezone: "Europe/Madrid",
      hs_parent_company_id: headOffice.id,
    },
    people: [
      {
        id: branch.people.shared,
        first: "Nuria",
        last: "Serrano",
        title: "Engineering Manager",
        engagement: opened(2, 11),
        secondCompanyId: headOffice.id,
      },
    ],
  }),
  ({ opened }) => ({
    key: "duplicateA",
    properties: { ...wellFitting, industry: "INDUSTRIAL_AUTOMATION" },
    people: [
      {
        id: duplicateA.people.vp,
        first: "Davide",
        last: "Conti",
        title: "VP Operations",
        role: "CHAMPION",
        seniority: "vp",
        engagement: opened(3, 8),
      },
    ],
  }),
  ({ opened, visited }) => ({
    key: "duplicateB",
    properties: { industry: "INDUSTRIAL_AUTOMATION", lifecyclestage: "lead" },
    people: [
      {
        id: duplicateB.people.director,
        first: "Silvia",
        last: "Galli",
        title: "IT Director",
        role: "INFLUENCER",
        seniority: "director",
        engagement: { ...opened(1, 3), ...visited(1, 4, 3, "/pricing") },
      },
    ],
  }),
];
