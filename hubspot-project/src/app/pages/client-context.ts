import type { HomeClient } from "@touchstone/shared/home-client.ts";
import { createContext, useContext } from "react";

/** HubSpot's router gives its routes no properties: the client comes to them this way. */
export const ClientContext = createContext<HomeClient | null>(null);

export function useClient(): HomeClient {
  const client = useContext(ClientContext);
  if (client === null) throw new Error("A page was shown outside of the home page.");
  return client;
}
