/**
 * Installs the app in a portal the way a browser does: the app's own install link, HubSpot's consent page, "Allow", and
 * back to the app with a code. Returns when the app has said that it is installed.
 */
export async function installApp(appUrl: string, portalId: number): Promise<void> {
  const begin = await fetch(`${appUrl}/oauth/install`, { redirect: "manual" });
  const consentUrl = begin.headers.get("location");
  if (begin.status !== 302 || !consentUrl)
    throw new Error(`The install link answered ${begin.status} instead of a redirect.`);
  const cookie = begin.headers
    .getSetCookie()
    .map((line) => line.split(";")[0])
    .join("; ");
  const consent = await fetch(consentUrl);
  if (!consent.ok) throw new Error(`The consent page answered ${consent.status}: ${textOf(await consent.text())}`);
  const form = new URLSearchParams(new URL(consentUrl).search);
  form.set("portalId", String(portalId));
  const allow = await fetch(new URL("/oauth/authorize/allow", consentUrl), {
    method: "POST",
    body: form,
    redirect: "manual",
  });
  const callback = allow.headers.get("location");
  if (!callback) throw new Error(`Allowing the app answered ${allow.status}: ${textOf(await allow.text())}`);
  const done = await fetch(callback, { headers: { cookie } });
  if (!done.ok) throw new Error(`The app refused the install with ${done.status}: ${textOf(await done.text())}`);
}

const textOf = (html: string) =>
  html
    .replace(/<style.*?<\/style>|<[^>]+>/gs, " ")
    .replace(/\s+/g, " ")
    .trim()
    .slice(0, 300);
