import { extensionFileName } from "./browser-assets.ts";
import {
  type AppPage,
  appPageLocations,
  type BulkAction,
  type ExtensionPageData,
  type PageCard,
  type PortalPageData,
  type RecordCard,
  type RecordPageData,
  recordLocations,
} from "./page-data.ts";
import { pagePaths } from "./page-paths.ts";
import type { PageExtensionBundle } from "./record-page-options.ts";

export const portalPageHtml = (data: PortalPageData): string => pageHtml("Companies", "portal-page", data);

export const recordPageHtml = (title: string, data: RecordPageData): string => pageHtml(title, "record-page", data);

export const extensionPageHtml = (data: ExtensionPageData): string =>
  pageHtml(data.extension.name, "extension-page", data);

const pageCard = ({ uid, name }: PageExtensionBundle): PageCard => ({
  uid,
  name,
  script: `${pagePaths.own}assets/${extensionFileName(uid)}`,
});

/** The cards of one type of record, those of the middle column first. */
export const recordCardsOf = (extensions: readonly PageExtensionBundle[], type: string): RecordCard[] =>
  recordLocations.flatMap((location) =>
    extensions
      .filter((one) => one.location === location && one.objectTypes.includes(type))
      .map((one) => ({ ...pageCard(one), location })),
  );

/** What the app can do with several records of a type at once. */
export const bulkActionsOf = (extensions: readonly PageExtensionBundle[], type: string): BulkAction[] =>
  extensions
    .filter((one) => one.location === "crm.bulkActions" && one.objectTypes.includes(type))
    .map((one) => ({ ...pageCard(one), displayMode: one.displayMode === "MODAL" ? "MODAL" : "PANEL" }));

/** The app's pages outside of records, in the order in which they are offered. */
export const appPagesOf = (extensions: readonly PageExtensionBundle[]): AppPage[] =>
  appPageLocations.flatMap((location) =>
    extensions.filter((one) => one.location === location).map((one) => ({ ...pageCard(one), location })),
  );

function pageHtml(title: string, page: string, data: unknown): string {
  // "<" is the only character that could end the data block early.
  const json = JSON.stringify(data).replaceAll("<", "\\u003c");
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)} · HubSpot stand-in</title>
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

const escaped = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
