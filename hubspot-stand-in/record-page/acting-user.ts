import type { IncomingMessage, ServerResponse } from "node:http";
import type { RecordPageUser } from "./page-data.ts";
import { pagePaths } from "./page-paths.ts";

const cookie = "stand-in-user";

/** Whom the reader plays: whoever they chose last, else the first. */
export function actingUser(users: readonly RecordPageUser[], request: IncomingMessage): RecordPageUser {
  const chosen = new RegExp(`(?:^|; )${cookie}=(\\d+)`).exec(request.headers.cookie ?? "")?.[1];
  const user = users.find(({ userId }) => String(userId) === chosen) ?? users[0];
  if (user === undefined) throw new Error("The portal has no user.");
  return user;
}

/** From now on the reader plays this user; back to the page that they came from, where it is one of ours. */
export function actAs(userId: string, request: IncomingMessage, response: ServerResponse): void {
  const from = URL.parse(request.headers.referer ?? "");
  const isOurs = from !== null && from.host === request.headers.host;
  response.setHeader(
    "set-cookie",
    `${cookie}=${/^\d{1,10}$/.test(userId) ? userId : ""}; Path=/; HttpOnly; SameSite=Lax`,
  );
  response.setHeader("location", isOurs ? from.pathname + from.search : pagePaths.portal);
  response.statusCode = 302;
  response.end();
}
