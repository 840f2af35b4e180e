import { showcase } from "./showcase.ts";
import type { ShowcasePersonSpec } from "./showcase-person.ts";
import { type Facts, type ShowcaseSpec, wellFitting } from "./showcase-spec.ts";

const ids = showcase.hot.people;

const leaders = ({ opened, visited, converted, clicked, ago }: Facts): ShowcasePersonSpec[] => [
  {
    id: ids.cto,
    first: "Ingrid",
    last: "Dahl",
    title: "Chief Technology Officer",
    role: "DECISION_MAKER",
    seniority: "executive",
    engagement: { ...opened(6, 2), ...converted("Demo request", 3), ...visited(4, 15, 2, "/pricing") },
  },
  {
    id: ids.cfo,
    first: "Desmond",
    last: "Mercer",
    title: "CFO",
    role: "BUDGET_HOLDER",
    seniority: "executive",
    engagement: { ...opened(2, 5), ...visited(1, 4, 5, "/pricing") },
  },
  {
    id: ids.champion,
    first: "Elena",
    last: "Vidal",
    title: "Director of Revenue Operations",
    role: "CHAMPION",
    seniority: "director",
    engagement: {
      ...opened(9, 1),
      ...clicked(4, 1),
      replies: 1,
      lastReplyAt: ago(4),
      ...converted("Content download: Integration checklist", 8),
      ...visited(5, 22, 1, "/customers"),
    },
  },
];

const others = ({ opened, visited, converted }: Facts): ShowcasePersonSpec[] => [
  {
    id: ids.manager,
    first: "Tobias",
    last: "Keller",
    title: "IT Manager",
    role: "INFLUENCER",
    engagement: {
      ...opened(3, 9),
      ...converted("Webinar attended: Rollout in 30 days", 12),
      ...visited(2, 5, 9, "/webinars/rollout-in-30-days"),
    },
  },
  { id: ids.engineer, first: "Kavya", last: "Iyer", title: "Solutions Architect", role: "END_USER" },
  {
    id: ids.legal,
    first: "Gareth",
    last: "Sutton",
    title: "General Counsel",
    role: "LEGAL_AND_COMPLIANCE",
    seniority: "executive",
  },
];

export const hotCompany = (facts: Facts): ShowcaseSpec => ({
  key: "hot",
  properties: {
    ...wellFitting,
    lifecyclestage: "opportunity",
    hs_ideal_customer_profile: "tier_1",
    numberofemployees: "900",
    annualrevenue: "140000000",
  },
  people: [...leaders(facts), ...others(facts)],
  deals: [
    facts.deal(
      {
        id: "6000000021",
        name: "Kestrelgate Systems: platform",
        stage: "presentationscheduled",
        amount: 86_000,
        personIds: [ids.cto, ids.champion],
      },
      28,
      -35,
    ),
  ],
  activities: [
    facts.meeting("60000000021", "Discovery call", 21, [ids.champion]),
    facts.meeting("60000000022", "Technical evaluation", 7, [ids.cto, ids.manager]),
    facts.meeting("60000000023", "Product demo", -3, [ids.cto, ids.cfo]),
    facts.reply("60000000024", 4, ids.champion),
  ],
});
