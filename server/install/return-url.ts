/**
 * HubSpot's app in each of its regions: app.hubspot.com, app-eu1.hubspot.com. Its documents name no host of `returnUrl`; these two forms
 * were seen by others (3P: github.com/usertour/usertour, pull request 491).
 */
const hubspotApp = /^app(-[a-z]{2}[0-9]{1,2})?\.hubspot\.com$/;

/** Where HubSpot wants the browser back; null for an address that is not HubSpot's, to which we send nobody. */
export function readReturnUrl(text: string, appUrl: string): string | null {
  const url = URL.parse(text);
  if (!url) return null;
  if (url.username !== "" || url.password !== "") return null;
  const isHubSpots = url.protocol === "https:" && url.port === "" && hubspotApp.test(url.hostname);
  return isHubSpots || url.origin === new URL(appUrl).origin ? url.href : null;
}

/** As HubSpot's documents say, `returnUrl?state=…`; a query that is there already stays as it is written. */
export function addState(returnUrl: string, state: string): string {
  const url = new URL(returnUrl);
  url.search = `${url.search === "" ? "?" : `${url.search}&`}state=${state}`;
  return url.href;
}
