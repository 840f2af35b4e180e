/** Where the pages live: records as in HubSpot's own addresses, the rest apart from the stand-in's control paths. */
export const pagePaths = { portal: "/contacts/", own: "/_stand-in/pages/" } as const;
