import { findPort } from "../../../hubspot-stand-in/demo/app-process.ts";

/** Below the ports that the system gives to outgoing connections. */
const first = 10_000;
/** A run has a block of its own, by its process number, and so has nearly every run beside it. */
const [blocks, perBlock] = [200, 100];

let taken = 0;

/**
 * A free port of this machine. A server that is to listen on it starts only later: a port that the system names itself may have
 * been given to a connection or to a trial beside this one by then.
 */
export function takePort(): Promise<number> {
  const wanted = first + (process.pid % blocks) * perBlock + (taken++ % perBlock);
  return findPort(wanted);
}
