/** Made up once for what a person enters, so that it counts once when it is sent twice. HubSpot's worker has no random ids of its own. */
export const newId = (kind: string): string =>
  `${kind}-${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 10)}`;
