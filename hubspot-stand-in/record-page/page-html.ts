import { cardFileName } from "./browser-assets.ts";
import type { PortalPageData, RecordPageData } from "./page-data.ts";
import { pagePaths } from "./page-paths.ts";
import type { RecordPageCard } from "./record-page-options.ts";

export const portalPageHtml = (data: PortalPageData): string => pageHtml("Companies", "portal-page", data);

type CompanyPage = Omit<RecordPageData, "cards"> & { readonly cards: readonly RecordPageCard[] };

export function companyPageHtml({ cards, ...rest }: CompanyPage): string {
  const shown = cards.map(({ uid, name }) => ({ uid, name, script: `${pagePaths.own}assets/${cardFileName(uid)}` }));
  const data: RecordPageData = { ...rest, cards: shown };
  return pageHtml("Company", "record-page", data);
}

function pageHtml(title: string, page: string, data: unknown): string {
  // "<" is the only character that could end the data block early.
  const json = JSON.stringify(data).replaceAll("<", "\\u003c");
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · HubSpot stand-in</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${pagePaths.own}assets/pages.css">
</head>
<body>
<div id="page"></div>
<script type="application/json" id="page-data">${json}</script>
<script src="${pagePaths.own}assets/${page}.js"></script>
</body>
</html>
`;
}
