import { createContext, type ReactNode, useContext } from "react";

/** Why the reader may only look; null: they may change things. */
export const ViewOnly = createContext<string | null>(null);

/** What changes something is not there for who may only look: the card says why, and the server would refuse it. */
export const Writes = ({ children }: { children: ReactNode }) => (useContext(ViewOnly) === null ? children : null);
