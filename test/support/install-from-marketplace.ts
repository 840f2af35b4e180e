/** How far the browser keeps the app's cookies: HubSpot ends an install with sign-in inside a frame of its own page. */
export interface MarketplaceVisit {
  readonly partnerSignIn: boolean;
  readonly keepsCookies: boolean;
}

/** Presses Install in the stand-in's Marketplace and follows every redirect as a browser does; the addresses that it came by. */
export async function installFromMarketplace(
  standInUrl: string,
  portalId: number,
  { partnerSignIn, keepsCookies }: MarketplaceVisit,
): Promise<string[]> {
  const cookies = new Map<string, string>();
  const visited: string[] = [];
  const query = new URLSearchParams({ portalId: String(portalId), partnerSignIn: String(partnerSignIn) });
  let url = `${standInUrl}/marketplace/install?${query}`;
  while (visited.length < 10) {
    visited.push(new URL(url).pathname);
    const answer = await fetch(url, {
      redirect: "manual",
      headers: { cookie: cookies.get(new URL(url).origin) ?? "" },
    });
    const [cookie] = answer.headers.getSetCookie();
    if (keepsCookies && cookie) cookies.set(new URL(url).origin, cookie.split(";")[0] ?? "");
    const location = answer.headers.get("location");
    if (location === null && answer.ok) return visited;
    if (location === null) throw new Error(`${url} answered ${answer.status}: ${await answer.text()}`);
    url = new URL(location, url).href;
  }
  throw new Error(`the browser is led in a circle: ${visited.join(" ")}`);
}
