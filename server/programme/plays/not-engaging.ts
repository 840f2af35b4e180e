import { signalKinds } from "@touchstone/shared/signal-kinds.ts";

/** Kinds of signal that nobody engages by. */
export const notEngaging = Object.entries(signalKinds).flatMap(([kind, { engages }]) => (engages ? [] : [kind]));
