/** The routes of the page, in the order in which they are offered. */
export const places = [
  { path: "/", title: "Today" },
  { path: "/week", title: "This week" },
  { path: "/list", title: "List" },
  { path: "/plays", title: "Plays" },
  { path: "/reports", title: "Reports" },
  { path: "/onboarding", title: "Onboarding checklist" },
] as const;
